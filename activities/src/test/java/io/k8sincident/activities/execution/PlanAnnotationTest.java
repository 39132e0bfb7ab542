package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The annotation by which a write is recognised can be put there, or taken away, by whoever may change the object. */
@FaultRow("annotation of a write planted or taken away")
class PlanAnnotationTest {
    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());

    PlanAnnotationTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void aPlantedOneIsNotTakenForTheWrite() {
        ExecutionRequest approved = remedy.approved();
        annotate(ApprovedAction.mark(approved));

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("was never sent", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    @Test
    void aPlantedOneIsNotTakenForTheRestoration() {
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);
        annotate(ApprovedAction.restorationMark(approved));

        Execution restoration = remedy.execution.restore(approved);

        assertThat(restoration.status()).isEqualTo(Status.STALE);
        assertThat(restoration.message()).contains("was never sent", "By hand: ");
        assertThat(api.writes()).isEqualTo(1);
    }

    /** As after {@code kubectl rollout undo}; with one change alone since, it cannot have been ours. */
    @ParameterizedTest
    @CsvSource({"2, UNKNOWN", "1, NOT_APPLIED"})
    void oneThatIsGoneTellsNothing(int changes, Status status) {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.failOn("write_answered");
        try {
            var unused = remedy.execution.execute(approved);
        } catch (RuntimeException e) {
            // Its answer is lost.
        }
        remedy.trail.heal();
        ObjectNode undone = object(Crashy.deployment(Crashy.UID, 2 + changes));
        store.put(Crashy.PATH, undone.toString());

        assertThat(remedy.execution.settle(approved).status()).isEqualTo(status);
    }

    private void annotate(String mark) {
        ObjectNode object = store.get(Crashy.PATH);
        object.withObjectProperty("metadata").withObjectProperty("annotations").put(ObjectImage.PLAN_ANNOTATION, mark);
        store.put(Crashy.PATH, object.toString());
    }

    private static ObjectNode object(String json) {
        StoreBackend other = new StoreBackend();
        other.put(Crashy.PATH, json);
        return other.get(Crashy.PATH);
    }
}
