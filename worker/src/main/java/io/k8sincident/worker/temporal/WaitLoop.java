package io.k8sincident.worker.temporal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits until every precondition holds, without end, and says what it waits for: at once, whenever that changes, and
 * again every few seconds. Can be ended from another thread.
 */
final class WaitLoop implements AutoCloseable {
    private final Consumer<String> talk;
    private final Duration pause;
    private final Duration repeat;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A loop that has not begun.
     *
     * @param pause between two checks
     * @param repeat after which an unchanged message is said again
     */
    WaitLoop(Consumer<String> talk, Duration pause, Duration repeat) {
        this.talk = talk;
        this.pause = pause;
        this.repeat = repeat;
    }

    /** Takes the preconditions in their order. Returns whether all hold; if not, the loop was closed. */
    boolean await(List<Precondition> preconditions) throws InterruptedException {
        for (Precondition precondition : preconditions) {
            if (!await(precondition)) {
                return false;
            }
        }
        return true;
    }

    private boolean await(Precondition precondition) throws InterruptedException {
        String said = "";
        long saidAt = 0;
        while (closed.getCount() > 0) {
            Optional<Obstacle> obstacle = precondition.check();
            if (obstacle.isEmpty()) {
                return true;
            }
            String sentence = obstacle.get().sentence();
            if (!sentence.equals(said) || System.nanoTime() - saidAt >= repeat.toNanos()) {
                talk.accept(sentence);
                said = sentence;
                saidAt = System.nanoTime();
            }
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
