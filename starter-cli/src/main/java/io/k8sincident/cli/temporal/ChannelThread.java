package io.k8sincident.cli.temporal;

import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a gRPC channel, which ends with it. Those that gRPC shares among channels stay for another second, and
 * HotSpot waits up to 300 ms at the end of a process for a thread that waits in the kernel. Thread-safe.
 */
final class ChannelThread implements AutoCloseable {
    private static final long LONGEST_MILLIS = 200;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("temporal-channel", true), NioIoHandler.newFactory());

    /** The same options for a channel that uses this thread. */
    WorkflowServiceStubsOptions.Builder used(WorkflowServiceStubsOptions options) {
        @Nullable Consumer<ManagedChannelBuilder<?>> usual = options.getChannelInitializer();
        WorkflowServiceStubsOptions.Builder builder = WorkflowServiceStubsOptions.newBuilder(options);
        builder.setChannelInitializer(channel -> {
            if (usual != null) {
                usual.accept(channel);
            }
            if (channel instanceof NettyChannelBuilder netty) {
                netty.eventLoopGroup(loops).channelType(NioSocketChannel.class);
            }
        });
        return builder;
    }

    /** Ends it, together with what is still open. */
    @Override
    public void close() {
        var unused = loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(LONGEST_MILLIS);
    }
}
