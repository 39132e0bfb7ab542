package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Outcome;
import io.temporal.workflow.CancellationScope;

/** Whether somebody has asked Temporal to cancel the incident; looked at between the steps, never in the middle of one. */
record Cancellation(CancellationScope workflow) {
    boolean requested() {
        return workflow.isCancelRequested();
    }

    /** The ending before anything was written. */
    Ending ending() {
        return new Ending(Outcome.CANCELLED, "cancelled before a write; nothing was changed");
    }
}
