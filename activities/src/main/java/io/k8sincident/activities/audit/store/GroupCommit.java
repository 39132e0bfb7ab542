package io.k8sincident.activities.audit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Lets threads that append at the same time share one commit: the first one commits what is waiting, the others wait for
 * it, and what arrives meanwhile goes with the next. Thread-safe.
 */
final class GroupCommit<T, R> {
    /** Makes a batch durable and answers for each in the same order. */
    @FunctionalInterface
    interface Commit<T, R> {
        List<R> all(List<T> batch) throws Exception;
    }

    private record Pending<T, R>(T item, CompletableFuture<R> done) {}

    private final Commit<T, R> commit;
    private List<Pending<T, R>> queue = new ArrayList<>();
    private boolean committing;

    GroupCommit(Commit<T, R> commit) {
        this.commit = commit;
    }

    /**
     * Returns when it is durable.
     *
     * @throws ExecutionException if its batch could not be committed
     */
    R commit(T item) throws ExecutionException, InterruptedException {
        Pending<T, R> mine = new Pending<>(item, new CompletableFuture<>());
        List<Pending<T, R>> batch = leadOrWait(mine);
        if (!batch.isEmpty()) {
            commit(batch);
        }
        return mine.done().get();
    }

    /** Queues it; all that is queued if this thread is to commit it, nothing once another has done so. */
    private synchronized List<Pending<T, R>> leadOrWait(Pending<T, R> mine) throws InterruptedException {
        queue.add(mine);
        while (committing && !mine.done().isDone()) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Else it would be committed for nobody.
                queue.remove(mine);
                throw e;
            }
        }
        if (mine.done().isDone()) {
            return List.of();
        }
        committing = true;
        List<Pending<T, R>> batch = queue;
        queue = new ArrayList<>();
        return batch;
    }

    private void commit(List<Pending<T, R>> batch) {
        try {
            List<R> answers = commit.all(batch.stream().map(Pending::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).done().complete(answers.get(i));
            }
        } catch (Exception | Error e) {
            batch.forEach(pending -> pending.done().completeExceptionally(e));
        } finally {
            release();
        }
    }

    private synchronized void release() {
        committing = false;
        notifyAll();
    }
}
