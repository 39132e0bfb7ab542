package io.k8sincident.activities.advice;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The way to one Ollama server: no proxy and no redirect, so that what is sent there goes nowhere else. Two threads of its
 * own serve all exchanges. Thread-safe.
 */
final class OllamaServer implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int THREADS = 2;

    private final AdviceSettings settings;
    private final ThreadPoolExecutor threads;
    private final HttpClient client;

    OllamaServer(AdviceSettings settings) {
        this.settings = settings;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), OllamaServer::thread);
        this.threads.allowCoreThreadTimeOut(true);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "advice-http");
        thread.setDaemon(true);
        return thread;
    }

    Exchange get(String path, int mostBytes) {
        return Exchange.send(client, request(path).GET().build(), mostBytes);
    }

    Exchange post(String path, byte[] json, int mostBytes) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json))
                .build();
        return Exchange.send(client, request, mostBytes);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(settings.baseUrl().resolve(path));
    }

    /** In words what broke an exchange. */
    String words(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return nobody();
        }
        String message = String.valueOf(cause.getMessage());
        return "the connection to the model's server broke: " + Shown.line(message, 120);
    }

    /** In words that nothing answers. */
    String nobody() {
        return "no Ollama server answers at " + settings.baseUrl();
    }

    /** Ends its threads; exchanges that are open are not waited for. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
