package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Ruling;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;

/** Writes exactly what was approved. Served by its own task queue; the only activity that changes the cluster. */
@ActivityInterface
public interface ExecutionActivity {
    /** How long an attempt to write may take. Temporal gives it up then, and it sends nothing any more. */
    Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    /** Sends one action of the plan, at most once, after checking everything again. One attempt. */
    @ActivityMethod(name = "ExecuteAction")
    Execution execute(ExecutionRequest request);

    /** Finds out by reading whether an action whose answer is not known was applied. Never sends. */
    @ActivityMethod(name = "SettleExecution")
    Execution settle(ExecutionRequest request);

    /** Puts the pre-image back by the same protocol, only where nobody else changed the object since. One attempt. */
    @ActivityMethod(name = "RestorePreImage")
    Execution restore(ExecutionRequest request);

    /** Finds out by reading whether a restoration whose answer is not known was applied. Never sends. */
    @ActivityMethod(name = "SettleRestoration")
    Execution settleRestoration(ExecutionRequest request);

    /**
     * What is asked for.
     *
     * @param planDigest names the plan in the blob store; it is recomputed before anything is sent
     * @param action index within the plan
     * @param acceptance the ruling that allows it
     * @param windowEnds after this nothing is sent any more
     */
    record ExecutionRequest(
            String incident, String runId, String planDigest, int action, Ruling acceptance, Instant windowEnds) {

        /** The same request with a window that ends at the given time, where it says a later one. */
        public ExecutionRequest notAfter(Instant time) {
            return time.isBefore(windowEnds) ? withWindow(time) : this;
        }

        /** The same request with a window that ends at the given time. */
        public ExecutionRequest withWindow(Instant ends) {
            return new ExecutionRequest(incident, runId, planDigest, action, acceptance, ends);
        }
    }
}
