package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.temporal.workflow.Workflow;

/** Steps that happen more than once in an incident. */
final class Steps {
    private Steps() {}

    static Investigation observe(IncidentRequest request) {
        return ActivityStubs.evidence("read the cluster, recognise the cause")
                .collect(Workflow.getInfo().getWorkflowId(), request);
    }
}
