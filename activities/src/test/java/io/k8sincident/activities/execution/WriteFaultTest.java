package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract, against objects in memory, whose versions move only when a test moves them. */
@FaultRow(
        "429, 500, 503, 504, reset, hang, cut answer or 409 at a write; one that arrives late or twice; killed between"
                + " write and answer")
class WriteFaultTest extends WriteFaultContract {
    private final StoreBackend store = Crashy.store();

    @Override
    ApiBackend cluster() {
        return store;
    }

    @Override
    Remedy remedy(Config cluster) {
        return new Remedy(cluster);
    }

    @Test
    void leavesItOpenWhileTheApiServerMayStillWorkOnIt() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);

        Status executed = remedy.execution.execute(request).status();
        remedy.clock.advance(Duration.ofSeconds(60));
        Status later = remedy.execution.settle(request).status();

        assertThat(executed).isEqualTo(Status.UNKNOWN);
        assertThat(later).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void waitsForAWriteThatArrivesWithinTheApiServersTime() {
        ExecutionRequest request = remedy.approved();

        LateArrival.assertWaitedFor(remedy, api, request);

        assertThat(remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void settlesAsNotAppliedOnceTheObjectHasMovedOn() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);
        remedy.execution.execute(request);

        store.handle("PATCH", Crashy.PATH + "/status?", "", "{}");

        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.NOT_APPLIED);
    }

    @Test
    void keepsNoSecretOfADenial() {
        ExecutionRequest request = remedy.approved();
        store.refusePatches(
                403,
                "Forbidden",
                "admission webhook \"env.example.com\" denied the request: env DB_PASSWORD=hunter2 is not allowed");

        Execution executed = remedy.execution.execute(request);

        assertThat(executed.status()).isEqualTo(Status.REFUSED);
        assertThat(executed.toString()).contains("env DB_PASSWORD=[redacted:password] is not allowed");
        assertThat(executed + " " + remedy.trail.entries()).doesNotContain("hunter2");
    }

    @Test
    void cannotTellOfAnObjectThatIsGone() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);
        remedy.execution.execute(request);

        store.delete(Crashy.PATH);

        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.UNKNOWN);
    }
}
