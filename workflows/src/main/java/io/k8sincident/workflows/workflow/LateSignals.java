package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.RecordActivity.TrailEvent;
import io.k8sincident.workflows.approval.Signal;
import io.temporal.workflow.Workflow;

/** Leaves a trace of signals that nothing rules on any more: there is no open plan, or there were far too many. */
final class LateSignals {
    private LateSignals() {}

    static void record(Signal signal) {
        boolean decision = signal.kind() == Signal.Kind.DECIDE;
        ActivityStubs.recording("a signal that is not ruled on")
                .record(new TrailEvent(
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        decision ? "decision_not_ruled_on" : "revision_not_ruled_on",
                        "unknown",
                        signal.text().digest() + ", " + signal.text().bytes()
                                + " bytes: no plan is open for it; nothing was changed"));
    }
}
