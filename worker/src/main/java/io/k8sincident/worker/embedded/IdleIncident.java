package io.k8sincident.worker.embedded;

import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/**
 * An open incident on a task queue without workers. The launcher rehearses the command line with it, so that its class
 * archive holds what reads an incident.
 */
final class IdleIncident {
    private static final String QUEUE = "nobody";

    private IdleIncident() {}

    static void open(String address) {
        Target target = new Target("apps/v1", "Deployment", "rehearsal", "idle", null);
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            var unused =
                    OperatorServiceGrpc.newBlockingStub(stubs.getRawChannel()).addSearchAttributes(attributes());
            WorkflowOptions options = WorkflowOptions.newBuilder()
                    .setWorkflowId(IncidentId.of("rehearsal", target))
                    .setTaskQueue(QUEUE)
                    .setTypedSearchAttributes(IncidentSearchAttributes.atStart(target))
                    .build();
            WorkflowClient.newInstance(stubs)
                    .newUntypedWorkflowStub("Incident", options)
                    .start();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static AddSearchAttributesRequest attributes() {
        AddSearchAttributesRequest.Builder request = AddSearchAttributesRequest.newBuilder();
        IncidentSearchAttributes.all().forEach(key -> request.putSearchAttributes(key.getName(), key.getValueType()));
        return request.build();
    }
}
