package io.k8sincident.activities.advice;

import io.k8sincident.activities.advice.Progress.Stage;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many may be advised at once; who comes first is first. Thread-safe. */
final class Turns {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Semaphore turns;

    Turns(int atOnce) {
        turns = new Semaphore(atOnce, true);
    }

    /** A turn, to be given back by closing it. */
    Turn take(Deadline deadline, Progress.Listener listener) throws ModelTrouble, InterruptedException {
        while (!turns.tryAcquire(deadline.left(TICK).toNanos(), TimeUnit.NANOSECONDS)) {
            if (deadline.passed()) {
                throw ModelTrouble.answer(
                        "the model was busy with other incidents for " + OllamaChat.words(deadline.length()));
            }
            listener.progressed(new Progress(Stage.WAITING, 0, deadline.elapsed()));
        }
        return turns::release;
    }

    /** One turn. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
