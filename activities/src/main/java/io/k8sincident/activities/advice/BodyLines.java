package io.k8sincident.activities.advice;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Splits a response's body into lines as it arrives, and stops at a limit of bytes, so that no server can fill the heap. */
final class BodyLines implements BodySubscriber<Boolean> {
    private final int mostBytes;
    private final Consumer<Exchange.Event> events;
    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long bytes;
    private boolean cancelled;
    private Flow.@Nullable Subscription subscription;

    /** @param events told of each line, and of the end */
    BodyLines(int mostBytes, Consumer<Exchange.Event> events) {
        this.mostBytes = mostBytes;
        this.events = events;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return whole;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
            if (cancelled) {
                return;
            }
            if (bytes > mostBytes) {
                events.accept(Exchange.Event.tooLarge());
                cancel();
                return;
            }
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    flush();
                } else {
                    line.write(next);
                }
            }
        }
    }

    @Override
    public synchronized void onError(Throwable problem) {
        events.accept(Exchange.Event.broken(problem));
        whole.complete(false);
    }

    @Override
    public synchronized void onComplete() {
        flush();
        events.accept(Exchange.Event.end());
        whole.complete(true);
    }

    /** Wants no more; closes the connection, at which the server stops. */
    synchronized void cancel() {
        cancelled = true;
        if (subscription != null) {
            subscription.cancel();
        }
        whole.complete(false);
    }

    private void flush() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!text.isBlank()) {
            events.accept(Exchange.Event.line(text));
        }
    }
}
