package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.RecordActivity.TrailEvent;
import io.k8sincident.workflows.approval.Signal;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.workflow.Workflow;

/** Leaves a trace of signals that are not ruled on, or lead to no plan: they came too late, were too many, or failed. */
final class LateSignals {
    private LateSignals() {}

    /** @param why it is not ruled on */
    static void record(Signal signal, String why) {
        boolean decision = signal.kind() == Signal.Kind.DECIDE;
        record(decision ? "decision_not_ruled_on" : "revision_not_ruled_on", signal.text(), why);
    }

    /** Records a revision that the planning cannot have recorded; an earlier worker kept it to the status. */
    static void recordRevision(SignalText revision, String why) {
        if (Workflow.getVersion("revisions-recorded", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            record("revision_not_planned", revision, why);
        }
    }

    private static void record(String event, SignalText text, String why) {
        ActivityStubs.recording("a signal that is not ruled on")
                .record(new TrailEvent(
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        event,
                        "unknown",
                        text.digest() + ", " + text.bytes() + " bytes: " + why + "; nothing was changed by it"));
    }
}
