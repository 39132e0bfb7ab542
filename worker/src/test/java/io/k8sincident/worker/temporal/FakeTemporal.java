package io.k8sincident.worker.temporal;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.AddSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** As much of a Temporal server as preconditions ask for; each call can be made to fail. */
final class FakeTemporal implements AutoCloseable {
    final Map<String, IndexedValueType> attributes = new ConcurrentHashMap<>();
    final Set<String> namespaces = ConcurrentHashMap.newKeySet();
    volatile Status answer = Status.OK;
    volatile Status list = Status.OK;
    volatile Status add = Status.OK;

    private final int port;
    private @Nullable Server server;

    private FakeTemporal(int port) {
        this.port = port;
        namespaces.add("default");
    }

    /** A server that has an address but does not run yet. */
    static FakeTemporal notYetStarted() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new FakeTemporal(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeTemporal started() {
        FakeTemporal temporal = notYetStarted();
        temporal.start();
        return temporal;
    }

    void start() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(new Workflows())
                    .addService(new Operator())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TemporalSettings settings() {
        return TemporalSettings.load(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port));
    }

    @Override
    public void close() {
        if (server != null) {
            server.shutdownNow();
        }
    }

    private static <T> void reply(Status status, T message, StreamObserver<T> observer) {
        if (status.isOk()) {
            observer.onNext(message);
            observer.onCompleted();
        } else {
            observer.onError(status.asRuntimeException());
        }
    }

    private final class Workflows extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> observer) {
            reply(answer, GetSystemInfoResponse.getDefaultInstance(), observer);
        }

        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> observer) {
            Status status = namespaces.contains(request.getNamespace()) ? Status.OK : Status.NOT_FOUND;
            reply(status, DescribeNamespaceResponse.getDefaultInstance(), observer);
        }
    }

    private final class Operator extends OperatorServiceGrpc.OperatorServiceImplBase {
        @Override
        public void listSearchAttributes(
                ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> observer) {
            ListSearchAttributesResponse response = ListSearchAttributesResponse.newBuilder()
                    .putAllCustomAttributes(attributes)
                    .build();
            reply(list, response, observer);
        }

        @Override
        public void addSearchAttributes(
                AddSearchAttributesRequest request, StreamObserver<AddSearchAttributesResponse> observer) {
            Status status = add;
            if (status.isOk()
                    && request.getSearchAttributesMap().keySet().stream().anyMatch(attributes::containsKey)) {
                status = Status.ALREADY_EXISTS;
            }
            if (status.isOk()) {
                attributes.putAll(request.getSearchAttributesMap());
            }
            reply(status, AddSearchAttributesResponse.getDefaultInstance(), observer);
        }
    }
}
