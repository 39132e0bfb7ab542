package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.IncidentRequest;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches, while a plan waits for a decision, whether the target recovers by itself. Each look is a retry of one
 * activity, so waiting costs neither history nor a worker's thread.
 */
final class RecoveryWatch {
    private final IncidentRequest request;
    private @Nullable CancellationScope scope;
    private @Nullable Promise<Boolean> recovery;

    RecoveryWatch(IncidentRequest request) {
        this.request = request;
    }

    void start(Duration until) {
        stop();
        String incident = Workflow.getInfo().getWorkflowId();
        scope = Workflow.newCancellationScope(
                () -> recovery = Async.procedure(ActivityStubs.recoveryWatch(until)::awaitRecovery, incident, request)
                        .handle((nothing, failure) -> failure == null));
        scope.run();
    }

    void stop() {
        if (scope != null && recovery != null && !recovery.isCompleted()) {
            scope.cancel("a decision was accepted");
        }
    }

    /** True once the target is healthy; a watch that failed or ended says nothing. */
    boolean recovered() {
        return recovery != null && recovery.isCompleted() && recovery.get();
    }
}
