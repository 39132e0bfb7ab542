package io.k8sincident.cli.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ChannelThreadTest {
    private static final long PATIENCE_MILLIS = 10_000;
    /** Nothing listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    @Test
    void endsWithItsChannelAndGrpcStartsNoneOfItsOwn() throws InterruptedException {
        List<Thread> before = threads();
        AtomicBoolean initialized = new AtomicBoolean();
        WorkflowServiceStubsOptions.Builder usual = WorkflowServiceStubsOptions.newBuilder();
        usual.setTarget(NOWHERE).setChannelInitializer(channel -> initialized.set(true));
        ChannelThread thread = new ChannelThread();
        WorkflowServiceStubs stubs =
                WorkflowServiceStubs.newServiceStubs(thread.used(usual.build()).build());
        assertThatThrownBy(() -> stubs.blockingStub().getSystemInfo(GetSystemInfoRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class);
        List<Thread> during = threads();
        during.removeAll(before);
        assertThat(initialized).as("what the options had is done, too").isTrue();
        assertThat(during)
                .singleElement()
                .satisfies(one -> assertThat(one.getName()).startsWith("temporal-channel"));

        stubs.shutdownNow();
        thread.close();

        for (Thread one : during) {
            one.join(PATIENCE_MILLIS);
            assertThat(one.isAlive()).isFalse();
        }
    }

    /** Those that wait for a network. */
    private static List<Thread> threads() {
        Thread[] threads = new Thread[Thread.activeCount() + 16];
        int count = Thread.enumerate(threads);
        return new ArrayList<>(Arrays.stream(threads, 0, count)
                .filter(Objects::nonNull)
                .filter(one -> one.getName().startsWith("temporal-channel")
                        || one.getName().contains("-worker-ELG"))
                .toList());
    }
}
