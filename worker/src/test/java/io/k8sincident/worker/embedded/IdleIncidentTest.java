package io.k8sincident.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.filter.v1.StartTimeFilter;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleIncidentTest {
    @Test
    void isOpenAndListed() throws IOException {
        try (LoopbackTestServer server = LoopbackTestServer.start(0)) {
            IdleIncident.open(server.address());

            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(server.address())
                    .build());
            var open = stubs.blockingStub()
                    .listOpenWorkflowExecutions(ListOpenWorkflowExecutionsRequest.newBuilder()
                            .setNamespace("default")
                            .setMaximumPageSize(10)
                            .setStartTimeFilter(StartTimeFilter.getDefaultInstance())
                            .build());
            stubs.shutdownNow();

            assertThat(open.getExecutionsList())
                    .extracting(execution -> execution.getExecution().getWorkflowId())
                    .containsExactly("incident:rehearsal:rehearsal:deployment:idle");
        }
    }
}
