package io.k8sincident.worker.embedded;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's Java test server, on loopback only and in real time. It keeps everything in memory: when it ends, its
 * workflows are gone. {@code TestServicesStarter} is internal to the SDK, whose version is pinned; the public
 * {@code TestServer} would listen on all interfaces without any authentication.
 */
final class LoopbackTestServer implements AutoCloseable {
    private static final boolean REAL_TIME = true;
    private static final long NOW = 0;
    /** What the real server takes by default. */
    private static final int LARGEST_MESSAGE_BYTES = 4 * 1024 * 1024;

    private final TestServicesStarter services;
    private final Server server;

    private LoopbackTestServer(TestServicesStarter services, Server server) {
        this.services = services;
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param port on 127.0.0.1; 0 for one that is free
     * @throws IOException if the port is taken
     */
    static LoopbackTestServer start(int port) throws IOException {
        TestServicesStarter services = new TestServicesStarter(REAL_TIME, NOW);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port))
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES);
        for (BindableService service : services.getServices()) {
            builder.addService(service);
        }
        try {
            return new LoopbackTestServer(services, builder.build().start());
        } catch (IOException e) {
            services.close();
            throw e;
        }
    }

    /** {@code host:port}, as in {@code TEMPORAL_ADDRESS}. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Returns when it has been closed. */
    void awaitEnd() throws InterruptedException {
        server.awaitTermination();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        services.close();
    }
}
