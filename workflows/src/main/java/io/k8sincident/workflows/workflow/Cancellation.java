package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Outcome;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;

/** Whether somebody has asked Temporal to cancel the incident; looked at between the steps, never in the middle of one. */
record Cancellation(CancellationScope workflow) {
    boolean requested() {
        return workflow.isCancelRequested();
    }

    /** Whether nothing more is written although something was; an earlier worker went on to the end of the plan. */
    boolean stopsWrites() {
        return requested()
                && Workflow.getVersion("cancelled-between-writes", Workflow.DEFAULT_VERSION, 1)
                        != Workflow.DEFAULT_VERSION;
    }

    /** The ending before anything was written. */
    Ending ending() {
        return new Ending(Outcome.CANCELLED, "cancelled before a write; nothing was changed");
    }
}
