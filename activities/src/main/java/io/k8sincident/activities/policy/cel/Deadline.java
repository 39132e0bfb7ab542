package io.k8sincident.activities.policy.cel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits a limited time for an evaluation. The library cannot be stopped, so one that takes longer goes on in its thread
 * to its end, which its costs bound; while too many do so, no further one is begun.
 */
final class Deadline {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int MOST_OVERDUE = 2;
    private static final AtomicInteger OVERDUE = new AtomicInteger();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(Deadline::daemon);

    private Deadline() {}

    static Object within(Callable<Object> evaluation) throws ExpressionException {
        if (OVERDUE.get() >= MOST_OVERDUE) {
            throw new ExpressionException(1, "earlier expressions took too long and have not ended yet");
        }
        // True once the evaluation has ended or has been given up, whichever is first.
        AtomicBoolean settled = new AtomicBoolean();
        Future<Object> answer = THREADS.submit(() -> {
            try {
                return evaluation.call();
            } finally {
                if (!settled.compareAndSet(false, true)) {
                    OVERDUE.decrementAndGet();
                }
            }
        });
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(settled);
            throw new ExpressionException(1, "it took longer than " + LIMIT.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExpressionException known) {
                throw known;
            }
            throw new ExpressionException(1, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            giveUp(settled);
            Thread.currentThread().interrupt();
            throw new ExpressionException(1, "it was interrupted");
        }
    }

    /** How many evaluations were given up and have not ended yet. */
    static int overdue() {
        return OVERDUE.get();
    }

    private static void giveUp(AtomicBoolean settled) {
        OVERDUE.incrementAndGet();
        if (!settled.compareAndSet(false, true)) {
            OVERDUE.decrementAndGet();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "policy-expression");
        thread.setDaemon(true);
        return thread;
    }
}
