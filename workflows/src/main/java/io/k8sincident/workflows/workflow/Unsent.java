package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** What is said of a write that no executor took up: that it was not sent is certain. */
final class Unsent {
    private Unsent() {}

    /** An earlier worker had it settled by reading, which an executor would have to do. */
    static boolean certain(ActivityFailure failure) {
        return Failures.neverStarted(failure)
                && Workflow.getVersion("never-sent", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    /** @param untouched what was not changed, and what to do next */
    static Execution of(ExecutionRequest request, Execution.Status status, Duration waited, String untouched) {
        return new Execution(
                request.action(),
                status,
                "no executor took it up within " + waited.toSeconds() + " s, so nothing was sent; " + untouched,
                null,
                IncidentState.now());
    }
}
