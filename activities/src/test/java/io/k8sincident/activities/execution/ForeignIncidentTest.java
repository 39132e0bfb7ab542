package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.PlanningActivity.PlanRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can start workflows says for which cluster, object and id they are; a signature must mean what is written. */
@FaultRow("incident under the name of another cluster or object")
class ForeignIncidentTest {
    private static final String OTHER = "incident:test:shop:deployment:web";

    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());

    ForeignIncidentTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "incident:prod:demo:deployment:crashy, prod, this worker serves cluster 'test'",
        OTHER + ", test, has the id 'incident:test:demo:deployment:crashy'"
    })
    void plansNothing(String incident, String cluster, String why) {
        IncidentRequest request = remedy.request();
        String snapshot = remedy.blobs.put("{}".getBytes(StandardCharsets.UTF_8));

        Proposal proposal = remedy.planning.propose(new PlanRequest(
                incident,
                new IncidentRequest(
                        cluster,
                        request.target(),
                        request.mode(),
                        request.requester(),
                        request.values(),
                        request.approvalTimeout(),
                        request.executionWindow()),
                snapshot,
                null,
                Remedy.RUN));

        assertThat(proposal.status()).isEqualTo(Proposal.Status.BLOCKED);
        assertThat(proposal.refusal()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"cluster, prod, incident:prod:demo:deployment:crashy", "incident, " + OTHER + ", " + OTHER})
    void neitherApprovesNorExecutesSuchAPlan(String field, String value, String incident) throws IOException {
        ExecutionRequest approved = remedy.approved();
        ObjectNode plan = (ObjectNode) new ObjectMapper()
                .readTree(remedy.blobs.get(approved.planDigest()).orElseThrow());
        plan.put(field, value).put("incident", incident);
        String digest = remedy.blobs.put(plan.toString().getBytes(StandardCharsets.UTF_8));

        Ruling ruling = remedy.ruling.rule(ruling(incident, digest));
        Execution execution = remedy.execution.execute(
                new ExecutionRequest(incident, Remedy.RUN, digest, 0, approved.acceptance(), approved.windowEnds()));

        assertThat(ruling.reason()).isEqualTo(Ruling.Reason.WRONG_CLUSTER);
        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("not one of this worker", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    @Test
    void executesTheirOwnSoThatTheOthersProveSomething() {
        assertThat(remedy.execution.execute(remedy.approved()).status()).isEqualTo(Status.APPLIED);
    }

    private RulingRequest ruling(String incident, String digest) {
        RulingRequest ours = remedy.rulingRequest(
                "{\"planDigest\":\"" + digest + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\"}", digest);
        return new RulingRequest(
                incident,
                ours.runId(),
                ours.request(),
                ours.decision(),
                digest,
                ours.deadline(),
                ours.now(),
                List.of(),
                false,
                false);
    }
}
