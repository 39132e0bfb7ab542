package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers an answer's body up to a limit, so that no server can fill the heap. Thread-safe. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
    /** Above the list of pods of a large namespace, far below the heap. */
    static final int LONGEST = 32 * 1024 * 1024;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private @Nullable AsyncBody body;

    synchronized void start(AsyncBody body) {
        this.body = body;
        body.consume();
    }

    @Override
    public synchronized void consume(List<ByteBuffer> buffers, AsyncBody from) throws IOException {
        for (ByteBuffer buffer : buffers) {
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            received.write(chunk);
        }
        if (received.size() > LONGEST) {
            from.cancel();
            throw new IOException("the answer is longer than " + LONGEST + " bytes");
        }
        from.consume();
    }

    synchronized void cancel() {
        if (body != null) {
            body.cancel();
        }
    }

    synchronized String text() {
        return received.toString(StandardCharsets.UTF_8);
    }
}
