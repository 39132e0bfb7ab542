package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One incident from detection to record. Its workflow id is the lock: one open incident per owner.
 *
 * <p>The signals take raw values: the SDK drops a signal whose JSON does not fit a declared type without leaving a trace,
 * and every attempt to decide must be recorded.
 */
@WorkflowInterface
public interface IncidentWorkflow {
    /** Runs the incident to its outcome; every outcome is a return value, a failed workflow is a bug. */
    @WorkflowMethod(name = "Incident")
    IncidentStatus run(IncidentRequest request);

    /** Takes a {@link io.k8sincident.workflows.model.Decision} as JSON. */
    @SignalMethod(name = "decide")
    void decide(RawValue decision);

    /** Takes a {@link io.k8sincident.workflows.model.Revision} as JSON. */
    @SignalMethod(name = "revise")
    void revise(RawValue revision);

    /** Everything that is known of the incident now. */
    @QueryMethod(name = "status")
    IncidentStatus status();
}
