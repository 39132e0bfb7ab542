package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An approval to evict holds for this pod of this workload, both as they were; of anything else nothing is sent. */
class EvictionDriftTest {
    private final StoreBackend store = StuckSet.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = StuckSet.remedy(api.config());
    private final ExecutionRequest request = remedy.approvedOffer();

    EvictionDriftTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void isStaleIfThePodWasMadeAnew() {
        store.put(StuckSet.POD, StuckSet.pod("another"));

        stale("made anew: its uid is another");
    }

    @Test
    void isStaleIfThePodIsGone() {
        store.delete(StuckSet.POD);

        stale("demo/pod/web-0 does not exist any more");
    }

    @Test
    void isStaleIfThePodIsOnItsWayOut() {
        changePod("\"labels\"", "\"deletionTimestamp\":\"2026-11-24T12:00:30Z\",\"labels\"");

        stale("on its way out already");
    }

    @Test
    void isStaleIfThePodHasBecomeReady() {
        changePod("\"status\":\"False\"", "\"status\":\"True\"");

        stale("ready by now");
    }

    /** Nobody would make it anew. */
    @Test
    void isStaleIfThePodIsNobodysAnyMore() {
        changePod("\"controller\":true", "\"controller\":false");

        stale("not controlled by statefulset/web any more");
    }

    @Test
    void isStaleIfTheWorkloadWasEdited() {
        store.handle("PATCH", StuckSet.PATH + "?fieldManager=stranger", "", "{\"spec\":{\"replicas\":3}}");

        stale("somebody changed spec.replicas");
    }

    @Test
    void isStaleIfTheWorkloadWasRecreated() {
        store.put(StuckSet.PATH, StuckSet.set("another", 2));

        stale("recreated");
    }

    @Test
    void isStaleIfTheWorkloadIsGone() {
        store.delete(StuckSet.PATH);

        stale("demo/statefulset/web does not exist any more");
    }

    @Test
    void sendsNothingIfThePodCannotBeRead() {
        store.refuseReads(StuckSet.POD, 403);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isZero();
    }

    @Test
    void putsNothingBack() {
        remedy.execution.execute(request);

        Execution restored = remedy.execution.restore(request);

        assertThat(restored.status()).isEqualTo(Status.REFUSED);
        assertThat(restored.message()).contains("cannot be undone", "kubectl -n demo describe pod/web-0");
        assertThat(api.writes()).isEqualTo(1);
    }

    private void changePod(String from, String to) {
        String pod = StuckSet.pod(StuckSet.POD_UID);
        assertThat(pod).contains(from);
        store.put(StuckSet.POD, pod.replace(from, to));
    }

    private void stale(String because) {
        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains(because, "Nothing was changed", "Next:");
        assertThat(api.writes()).isZero();
        assertThat(remedy.trail.events()).doesNotContain("write_intent");
    }
}
