package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.k8sincident.activities.evidence.ClusterException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Sends GET requests, at most eight at a time. Tries again, at most twice, where that may help: 429, 5xx and a
 * connection that broke. An answer that takes longer than half a minute, to its last byte, is given up. Never throws:
 * what went wrong is in the answer. Thread-safe.
 */
final class ApiReader {
    static final String JSON = "application/json";
    private static final String GZIP = "gzip";
    private static final int ATTEMPTS = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 8;
    private static final long PAUSE_MILLIS = 150;

    private final HttpClient http;
    private final AtOnce atOnce;
    private final String server;
    private final String context;
    private final Duration timeout;

    ApiReader(HttpClient http, String server, String context) {
        this(http, new AtOnce(MOST_AT_ONCE), server, context, LONGEST);
    }

    private ApiReader(HttpClient http, AtOnce atOnce, String server, String context, Duration timeout) {
        this.http = http;
        this.atOnce = atOnce;
        this.server = server;
        this.context = context;
        this.timeout = timeout;
    }

    /** The same with another limit for each answer. */
    ApiReader within(Duration limit) {
        return new ApiReader(http, atOnce, server, context, limit);
    }

    /** The complete answer, up to a size that no list page reaches. */
    CompletableFuture<ApiAnswer> get(String pathAndQuery, String accept) {
        return attempt(pathAndQuery, accept, false, 1);
    }

    /** The end of the answer: what is kept of a log. */
    CompletableFuture<ApiAnswer> getTail(String pathAndQuery) {
        return attempt(pathAndQuery, "*/*", true, 1);
    }

    /** The exception for a read that nothing can go on without. */
    ClusterException failure(ApiAnswer answer, String what) {
        return ReadFailure.of(answer, what, context, server);
    }

    private CompletableFuture<ApiAnswer> attempt(String path, String accept, boolean tail, int attempt) {
        return atOnce.run(() -> once(path, accept, tail))
                .thenCompose(answer -> attempt < ATTEMPTS && mayHelp(answer, tail)
                        ? CompletableFuture.supplyAsync(() -> answer, pause(attempt))
                                .thenCompose(failed -> attempt(path, accept, tail, attempt + 1))
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletableFuture<ApiAnswer> once(String path, String accept, boolean tail) {
        BodyTail body = tail ? BodyTail.ofLog() : BodyTail.whole();
        try {
            HttpRequest request = http.newHttpRequestBuilder()
                    .uri(server + path)
                    .header("Accept", accept)
                    .header("Accept-Encoding", tail ? "identity" : GZIP)
                    .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            return http.consumeBytes(request, body)
                    .thenCompose(response -> body.readAll(response.body()).thenApply(done -> answer(response, body)))
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(failure -> {
                        body.cancel();
                        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                        return ApiAnswer.none(cause == null ? failure : cause);
                    });
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(ApiAnswer.none(e));
        }
    }

    private static ApiAnswer answer(HttpResponse<?> response, BodyTail body) {
        return GZIP.equalsIgnoreCase(response.header("Content-Encoding"))
                ? ApiAnswer.ofGzip(response.code(), body)
                : ApiAnswer.of(response.code(), body);
    }

    private static boolean mayHelp(ApiAnswer answer, boolean tail) {
        Throwable failure = answer.failure();
        if (failure != null) {
            return failure instanceof IOException
                    && !(failure instanceof HttpTimeoutException)
                    && !(failure instanceof ConnectException)
                    && !(failure instanceof SSLException);
        }
        return answer.code() == 429 || answer.code() >= 500 || (answer.ok() && answer.isEmpty() && !tail);
    }

    private static Executor pause(int attempt) {
        return CompletableFuture.delayedExecutor(PAUSE_MILLIS * attempt * attempt, TimeUnit.MILLISECONDS);
    }
}
