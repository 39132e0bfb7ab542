package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pod with an annotation that opts out is not evicted, though its workload has none. */
class PodOptOutTest {
    private final StoreBackend store = StuckSet.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = StuckSet.remedy(api.config());

    PodOptOutTest() throws IOException {
        remedy.policy = remedy.policy + "optOut: [example.com/hands-off]\n";
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void isNotProposedForEviction() {
        optOut();

        Proposal proposal = remedy.propose();

        assertThat(proposal.status()).isEqualTo(Proposal.Status.BLOCKED);
        assertThat(proposal.refusal()).contains("demo/pod/web-0 has the annotation example.com/hands-off");
    }

    @Test
    void isNotApprovedForEviction() {
        String digest = String.valueOf(remedy.propose().digest());
        optOut();

        Ruling ruling = remedy.approve(digest);

        assertThat(ruling.reason()).isEqualTo(Ruling.Reason.POLICY_FORBIDS);
        assertThat(ruling.message()).contains("demo/pod/web-0 has the annotation example.com/hands-off");
    }

    @Test
    void isNotApprovedForEvictionWhereItCannotBeRead() {
        String digest = String.valueOf(remedy.propose().digest());
        store.refuseReads(StuckSet.POD, 403);

        Ruling ruling = remedy.approve(digest);

        assertThat(ruling.reason()).isEqualTo(Ruling.Reason.POLICY_FORBIDS);
        assertThat(ruling.message()).contains("whether demo/pod/web-0 opts out cannot be read");
    }

    @Test
    void isNotEvicted() {
        ExecutionRequest request = remedy.approvedOffer();
        optOut();

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains("demo/pod/web-0 has the annotation example.com/hands-off");
        assertThat(api.writes()).isZero();
    }

    @Test
    void isEvictedWhereItHasNone() {
        assertThat(remedy.execution.execute(remedy.approvedOffer()).status()).isEqualTo(Status.APPLIED);
    }

    private void optOut() {
        store.put(
                StuckSet.POD,
                StuckSet.pod(StuckSet.POD_UID)
                        .replace("\"labels\"", "\"annotations\":{\"example.com/hands-off\":\"\"},\"labels\""));
    }
}
