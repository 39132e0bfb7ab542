package io.k8sincident.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Proposal.Status;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new template for a StatefulSet, whose controller does not always give it to the pods. */
class StatefulSetPlanningTest {
    private static final String NOT_READY = "\"status\":{\"replicas\":1,";
    private static final String READY = "\"status\":{\"replicas\":2,\"readyReplicas\":2,";

    private final StoreBackend store = StuckSet.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = StuckSet.remedy(api.config());

    StatefulSetPlanningTest() throws IOException {}

    @BeforeEach
    void allow() {
        remedy.offers.clear();
        remedy.policy = remedy.policy.replace("StatefulSet: [EvictPod]", "StatefulSet: [SetImage]");
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"podManagementPolicy\":\"OrderedReady\", |  | 1 pod is not ready",
                "OrderedReady | OrderedReady | 1 pod is not ready",
                "\"type\":\"RollingUpdate\" | \"type\":\"OnDelete\" | OnDelete",
                "\"partition\":0 | \"partition\":1 | partition of 1",
            })
    void plansNothingThatWouldNotReachThePods(String from, String to, String because) {
        set(from, to == null ? "" : to);

        Proposal proposal = propose();

        assertThat(proposal.status()).isEqualTo(Status.NO_SAFE_ACTION);
        assertThat(proposal.questions())
                .singleElement()
                .asString()
                .contains(because, "demo/statefulset/web")
                .contains("?");
        assertThat(api.writes()).isZero();
    }

    @Test
    void plansWhereAllPodsAreReady() {
        set(NOT_READY, READY);

        assertThat(propose().status()).isEqualTo(Status.PLANNED);
    }

    @Test
    void plansWherePodsDoNotWaitForEachOther() {
        set("OrderedReady", "Parallel");

        assertThat(propose().status()).isEqualTo(Status.PLANNED);
    }

    private Proposal propose() {
        return remedy.propose(new HumanValue("app", "image", "busybox:1.37"));
    }

    private void set(String from, String to) {
        String set = StuckSet.set(StuckSet.UID, 2);
        assertThat(set).contains(from);
        store.put(StuckSet.PATH, set.replace(from, to));
    }
}
