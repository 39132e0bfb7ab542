package io.k8sincident.activities.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.k8sincident.activities.testing.ApiBackend.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on loopback in front of an API that counts the writes that arrive and does to the next one what a test
 * asks for. Dry runs are passed on untouched and not counted.
 */
public final class FaultyApi implements AutoCloseable {
    /** Short for the tests in which an answer never comes, and enough for a machine that is busy. */
    private static final int PATIENCE_MILLIS = 2_000;

    private static final String TOUCH = "{\"status\":{\"collisionCount\":%d}}";
    private static final String EDIT = "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":%d}}}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ApiBackend backend;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger(40);
    private volatile Fault fault = Fault.NONE;
    private volatile int times;
    private volatile Runnable late = FaultyApi::nothingIsLate;

    public FaultyApi(ApiBackend backend) throws IOException {
        this.backend = backend;
        WireTally.watch();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The next {@code times} writes suffer this. */
    public void inject(Fault next, int times) {
        this.fault = next;
        this.times = times;
    }

    /** The write that suffered {@link Fault#APPLIED_LATE} reaches the API now. */
    public void deliverLate() {
        Runnable request = late;
        late = FaultyApi::nothingIsLate;
        request.run();
    }

    /** How many writes arrived here, dry runs left out. */
    public int writes() {
        return writes.get();
    }

    /** How many writes the API behind answered with 2xx, dry runs left out. */
    public int applied() {
        return applied.get();
    }

    /** A client configuration for this server, with a short timeout. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestTimeout(PATIENCE_MILLIS)
                .withConnectionTimeout(2_000)
                .build();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        boolean write = isWrite(exchange.getRequestMethod(), path) && !path.contains("dryRun=All");
        if (!write) {
            answer(exchange, pass(exchange, path, body));
            return;
        }
        writes.incrementAndGet();
        Fault now = Fault.NONE;
        synchronized (this) {
            if (times > 0) {
                times--;
                now = fault;
            }
        }
        suffer(now, exchange, path, body);
    }

    /** A patch, or the eviction of a pod; what else is posted are questions. */
    private static boolean isWrite(String method, String path) {
        return method.equals("PATCH") || (method.equals("POST") && path.contains("/eviction?"));
    }

    private void suffer(Fault now, HttpExchange exchange, String path, String body) throws IOException {
        switch (now) {
            case NONE -> answer(exchange, apply(exchange, path, body));
            case STATUS_MOVES_BEFORE -> {
                stranger(path, "/status", TOUCH);
                answer(exchange, apply(exchange, path, body));
            }
            case EDIT_BEFORE -> {
                stranger(path, "", EDIT);
                answer(exchange, apply(exchange, path, body));
            }
            case ANSWER_422 -> answer(exchange, status(422, "Invalid"));
            case ANSWER_409 -> answer(exchange, status(409, "Conflict"));
            case ANSWER_429 -> answer(exchange, new Reply(429, "Too many requests, please try again later."));
            case ANSWER_500 -> answer(exchange, status(500, "InternalError"));
            case ANSWER_503 -> answer(exchange, status(503, "ServiceUnavailable"));
            case ANSWER_504_AFTER_APPLYING -> {
                apply(exchange, path, body);
                answer(exchange, status(504, "Timeout"));
            }
            case RESET_BEFORE_APPLYING -> exchange.close();
            case RESET_AFTER_APPLYING -> {
                apply(exchange, path, body);
                exchange.close();
            }
            case HANG_BEFORE_APPLYING -> hang(exchange);
            case HANG_AFTER_APPLYING -> {
                apply(exchange, path, body);
                hang(exchange);
            }
            case TRUNCATED_AFTER_APPLYING -> {
                byte[] whole = apply(exchange, path, body).body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case APPLIED_LATE -> {
                late = () -> apply(exchange, path, body);
                exchange.close();
            }
            case SENT_TWICE -> {
                Reply first = apply(exchange, path, body);
                apply(exchange, path, body);
                answer(exchange, first);
            }
        }
    }

    private static void nothingIsLate() {
        throw new IllegalStateException("no write is on its way");
    }

    private void stranger(String path, String subresource, String patch) {
        String object = path.substring(0, path.indexOf('?'));
        Reply reply = backend.handle(
                "PATCH",
                object + subresource + "?fieldManager=stranger",
                "application/merge-patch+json",
                String.format(patch, strangers.incrementAndGet()));
        if (reply.code() != 200) {
            throw new IllegalStateException("the stranger's edit failed: " + reply);
        }
    }

    private Reply apply(HttpExchange exchange, String path, String body) {
        Reply reply = pass(exchange, path, body);
        if (reply.code() / 100 == 2) {
            applied.incrementAndGet();
            WireTally.applied(path.substring(0, (path + "?").indexOf('?')), body);
        }
        return reply;
    }

    private Reply pass(HttpExchange exchange, String path, String body) {
        return backend.handle(
                exchange.getRequestMethod(), path, exchange.getRequestHeaders().getFirst("Content-Type"), body);
    }

    private void hang(HttpExchange exchange) {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.code(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Reply status(int code, String reason) {
        return new Reply(
                code,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
                        + "\",\"message\":\"injected\",\"code\":" + code + "}");
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
