package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One bounded HTTP exchange with the API server over the client's own transport and credentials. Thread-safe. */
final class HttpExchange {
    /** Where the client is configured to wait for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient http;
    private final String server;
    private final Duration timeout;

    /** The client's request timeout holds for the whole exchange, from connecting to the last byte of the answer. */
    HttpExchange(KubernetesClient client) {
        this(
                client.getHttpClient(),
                client.getMasterUrl().toString().replaceAll("/+$", ""),
                client.getConfiguration().getRequestTimeout() > 0
                        ? Duration.ofMillis(client.getConfiguration().getRequestTimeout())
                        : LONGEST);
    }

    private HttpExchange(HttpClient http, String server, Duration timeout) {
        this.http = http;
        this.server = server;
        this.timeout = timeout;
    }

    /** The same, waiting half as long again. */
    HttpExchange patient() {
        return new HttpExchange(http, server, timeout.multipliedBy(3).dividedBy(2));
    }

    /**
     * Sends once and waits for the complete answer.
     *
     * @throws IOException if there is no complete answer; the request may or may not have been processed
     */
    HttpAnswer send(String method, String pathAndQuery, @Nullable String contentType, @Nullable String body)
            throws IOException {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(server + pathAndQuery)
                .header("Accept", "application/json")
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (body == null || contentType == null) {
            request.method(method, null, null);
        } else {
            request.method(method, contentType, body);
        }
        BoundedBody received = new BoundedBody();
        CompletableFuture<HttpAnswer> answer =
                http.consumeBytes(request.build(), received).thenCompose(response -> complete(response, received));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            received.cancel();
            answer.cancel(true);
            throw new IOException("no complete answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw asIo(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            received.cancel();
            throw new InterruptedIOException("interrupted while waiting for the answer");
        }
    }

    private static CompletableFuture<HttpAnswer> complete(HttpResponse<AsyncBody> response, BoundedBody received) {
        received.start(response.body());
        return response.body()
                .done()
                .thenApply(nothing -> new HttpAnswer(response.code(), received.text(), response.header("Date")));
    }

    private static IOException asIo(Throwable cause) {
        return cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
    }
}
