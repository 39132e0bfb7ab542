package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.HumanValue;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was written can be taken back exactly, and nothing else is. */
@FaultRow("restoring what somebody has edited since")
class RestoringTest {
    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());

    RestoringTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void restoresExactlyWhatWasThere() {
        JsonNode before = store.get(Crashy.PATH).path("spec");
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);

        remedy.execution.restore(approved);

        assertThat(store.get(Crashy.PATH).path("spec")).isEqualTo(before);
        assertThat(store.get(Crashy.PATH).at("/metadata/annotations/team").asText())
                .isEqualTo("shop");
        assertThat(store.get(Crashy.PATH)
                        .at("/metadata/annotations/k8sincident.io~1plan")
                        .asText())
                .isEqualTo(approved.planDigest() + "/0/restored");
    }

    @Test
    void restoresNothingThatCarriesAnotherMark() {
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);
        store.handle(
                "PATCH",
                Crashy.PATH + "?",
                "",
                "{\"metadata\":{\"annotations\":{\"k8sincident.io/plan\":\"theirs/0\"}}}");

        assertThat(remedy.execution.restore(approved).status()).isEqualTo(Status.STALE);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void restoresNothingThatItHasNotWritten() {
        ExecutionRequest approved = remedy.approved();

        Execution restored = remedy.execution.restore(approved);

        assertThat(restored.status()).isEqualTo(Status.STALE);
        assertThat(api.writes()).isZero();
    }

    @Test
    void executesAndRestoresTwoActionsOnOneObject() {
        JsonNode before = store.get(Crashy.PATH).path("spec");
        String digest = String.valueOf(remedy.propose(
                        new HumanValue("app", "image", "busybox:1.37"),
                        new HumanValue("app", "command", "[\"sleep\",\"9\"]"))
                .digest());
        ExecutionRequest first = remedy.executionRequest(digest, remedy.approve(digest));
        ExecutionRequest second = new ExecutionRequest(
                first.incident(), first.runId(), digest, 1, first.acceptance(), first.windowEnds());

        assertThat(Stream.of(
                                remedy.execution.execute(first),
                                remedy.execution.execute(second),
                                remedy.execution.restore(second),
                                remedy.execution.restore(first))
                        .map(Execution::status))
                .containsOnly(Status.APPLIED);
        assertThat(store.get(Crashy.PATH).path("spec")).isEqualTo(before);
        assertThat(api.applied()).isEqualTo(4);
    }

    @Test
    void namesTheCommandWhereItCannotRestore() {
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);
        store.handle("PATCH", Crashy.PATH + "?", "", "{\"spec\":{\"replicas\":5}}");

        Execution restored = remedy.execution.restore(approved);

        assertThat(restored.message())
                .contains(
                        "somebody changed spec.replicas",
                        "By hand: kubectl -n demo rollout undo deployment/crashy --to-revision=2",
                        "Next: incident show deployment/crashy -n demo");
    }
}
