package io.k8sincident.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopbackTestServerTest {
    private static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("Phase");

    private final LoopbackTestServer server;
    private final WorkflowServiceStubs stubs;

    LoopbackTestServerTest() throws IOException {
        this.server = LoopbackTestServer.start(0);
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.address())
                .build());
    }

    @AfterEach
    void stop() {
        stubs.shutdownNow();
        server.close();
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        int port = Integer.parseInt(server.address().split(":", -1)[1]);
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        assertThat(answers(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port))
                .isTrue();
        assertThat(others)
                .allSatisfy(address -> assertThat(answers(address, port))
                        .as("answers on %s", address)
                        .isFalse());
    }

    @Test
    void runsAWorkflowInRealTime() {
        register(PHASE.getName());
        WorkflowClient client = WorkflowClient.newInstance(stubs);
        WorkerFactory factory = WorkerFactory.newInstance(client);
        factory.newWorker("naps").registerWorkflowImplementationTypes(NapImpl.class);
        factory.start();
        Instant before = Instant.now();

        Instant woken = client.newWorkflowStub(
                        Nap.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue("naps")
                                .setWorkflowId("nap")
                                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                        .set(PHASE, "asleep")
                                        .build())
                                .build())
                .nap(Duration.ofMillis(200));

        factory.shutdownNow();
        assertThat(woken).isBetween(before.plusMillis(200), Instant.now().plusSeconds(1));
    }

    @Test
    void refusesAPortThatIsTaken() {
        int port = Integer.parseInt(server.address().split(":", -1)[1]);

        assertThatThrownBy(() -> LoopbackTestServer.start(port)).isInstanceOf(IOException.class);
    }

    private void register(String attribute) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(server.address())
                .validateAndBuildWithDefaults());
        var unused = operator.blockingStub()
                .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .putSearchAttributes(attribute, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                        .build());
        operator.shutdownNow();
    }

    private static boolean answers(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** A workflow that only sleeps. */
    @WorkflowInterface
    public interface Nap {
        /** Answers with the workflow's time afterwards. */
        @WorkflowMethod
        Instant nap(Duration duration);
    }

    /** Its implementation. */
    public static final class NapImpl implements Nap {
        @Override
        public Instant nap(Duration duration) {
            Workflow.sleep(duration);
            return Instant.ofEpochMilli(Workflow.currentTimeMillis());
        }
    }
}
