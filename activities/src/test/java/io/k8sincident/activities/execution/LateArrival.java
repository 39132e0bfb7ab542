package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Duration;

/** A write that arrives only after it was looked for, but within the time for which the API server works on one. */
final class LateArrival {
    private LateArrival() {}

    /** It stays open as long as it may still arrive, and counts once it has. */
    static void assertWaitedFor(Remedy remedy, FaultyApi api, ExecutionRequest request) {
        api.inject(Fault.APPLIED_LATE, 1);

        Status executed = remedy.execution.execute(request).status();
        remedy.clock.advance(Duration.ofSeconds(75));
        Status justBefore = remedy.execution.settle(request).status();
        api.deliverLate();
        remedy.clock.advance(Duration.ofSeconds(1));
        Status settled = remedy.execution.settle(request).status();

        assertThat(executed).isEqualTo(Status.UNKNOWN);
        assertThat(justBefore).isEqualTo(Status.UNKNOWN);
        assertThat(settled).isEqualTo(Status.APPLIED);
    }
}
