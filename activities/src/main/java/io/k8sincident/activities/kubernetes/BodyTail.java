package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's body as it comes and keeps its end, in memory that does not grow with the body. Stops the transfer
 * when more has come than it is willing to read. Thread-safe.
 */
final class BodyTail implements AsyncBody.Consumer<List<ByteBuffer>> {
    /** No page of 500 objects is larger: etcd takes none above 1.5 MiB, and most are a hundredth of that. */
    static final int LARGEST_PAGE = 64 * 1024 * 1024;
    /** More than is kept of a log, so that what is cut off can be a whole line. */
    private static final int LOG_KEPT = 96 * 1024;
    /** What is read of a log at most, to find its end. */
    static final int LOG_READ = 1024 * 1024;

    private final int kept;
    private final long longest;
    private final boolean tooLongFails;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private long received;
    private boolean cut;
    private @Nullable AsyncBody source;

    private BodyTail(int kept, long longest, boolean tooLongFails) {
        this.kept = kept;
        this.longest = longest;
        this.tooLongFails = tooLongFails;
    }

    static BodyTail whole() {
        return new BodyTail(LARGEST_PAGE, LARGEST_PAGE, true);
    }

    static BodyTail ofLog() {
        return new BodyTail(LOG_KEPT, LOG_READ, false);
    }

    /** Completes when all is read, or as much as is wanted. */
    CompletableFuture<Void> readAll(AsyncBody body) {
        synchronized (this) {
            source = body;
        }
        CompletableFuture<Void> end = body.done();
        body.consume();
        return end.handle((done, failure) -> {
            if (failure != null && !(cut() && !tooLongFails)) {
                throw new CompletionException(failure);
            }
            return null;
        });
    }

    @Override
    public synchronized void consume(List<ByteBuffer> buffers, AsyncBody body) throws IOException {
        for (ByteBuffer part : buffers) {
            byte[] chunk = new byte[part.remaining()];
            part.get(chunk);
            received += chunk.length;
            append(chunk);
        }
        if (received > longest) {
            cut = true;
            body.cancel();
            if (tooLongFails) {
                throw new IOException("the answer is longer than " + longest + " bytes");
            }
            return;
        }
        body.consume();
    }

    private void append(byte[] chunk) {
        buffer.writeBytes(chunk);
        if (buffer.size() > 2L * kept) {
            byte[] all = buffer.toByteArray();
            buffer.reset();
            buffer.write(all, all.length - kept, kept);
            cut = true;
        }
    }

    synchronized void cancel() {
        if (source != null) {
            source.cancel();
        }
    }

    /** Whether more came than {@link #bytes()} holds. */
    synchronized boolean cut() {
        return cut || buffer.size() > kept;
    }

    /** Whether the transfer was stopped, so that what was kept is not the end. */
    synchronized boolean stopped() {
        return received > longest;
    }

    synchronized byte[] bytes() {
        byte[] all = buffer.toByteArray();
        return all.length <= kept ? all : Arrays.copyOfRange(all, all.length - kept, all.length);
    }
}
