package io.k8sincident.cli.temporal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Asks a server several things at once, a few at a time. */
public final class Parallel {
    private static final int AT_ONCE = 8;

    private Parallel() {}

    /** The answers in the order of the questions; fails as the first question that failed. */
    public static <Q, A> List<A> map(List<Q> questions, Function<Q, A> ask) {
        if (questions.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, questions.size()));
        try {
            List<CompletableFuture<A>> answers = questions.stream()
                    .map(question -> CompletableFuture.supplyAsync(() -> ask.apply(question), threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }
}
