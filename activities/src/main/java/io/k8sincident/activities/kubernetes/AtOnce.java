package io.k8sincident.activities.kubernetes;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Lets a few calls be under way at a time, so that reading is not the next load on a sick cluster. Thread-safe. */
final class AtOnce {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    AtOnce(int most) {
        this.most = most;
    }

    /** Starts the call now, or as soon as another one is done. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(() -> {
            // The result is complete when this is.
            var unused = call.get().whenComplete((value, failure) -> {
                next();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        });
        return result;
    }

    private void start(Runnable call) {
        synchronized (this) {
            if (underWay >= most) {
                waiting.add(call);
                return;
            }
            underWay++;
        }
        call.run();
    }

    private void next() {
        Runnable call;
        synchronized (this) {
            call = waiting.poll();
            if (call == null) {
                underWay--;
                return;
            }
        }
        call.run();
    }
}
