package io.k8sincident.activities.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP server that answers paths as it was told, counts the requests, and tells in which round each came: a request
 * that came after an answer was given is of a later round. It takes its time to answer, so that parallel requests are
 * seen as such.
 */
final class FakeApiServer implements AutoCloseable {
    /** It answers once no request has come for so long. */
    private static final long QUIET_NANOS = 150_000_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private int answeredRound;
    private volatile long lastArrival;

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is done with one request. */
    interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    record Request(String path, String query, String accept, String encoding, int round) {}

    /** Answers this path with these in order, the last again and again. */
    FakeApiServer on(String path, Answer... inOrder) {
        answers.put(path, new ArrayDeque<>(List.of(inOrder)));
        return this;
    }

    FakeApiServer json(String path, String body) {
        return on(path, json(200, body));
    }

    static Answer json(int code, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        };
    }

    static Answer status(int code, String reason, String message) {
        return json(
                code,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message
                        + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}");
    }

    /** Promises more than it sends, and hangs up. */
    static Answer truncated(String beginning) {
        return exchange -> {
            exchange.sendResponseHeaders(200, beginning.length() + 1_000L);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Sends headers and then nothing, for as long as anybody waits. */
    static Answer hanging() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(60_000_000_000L);
        };
    }

    List<Request> requests() {
        return requests;
    }

    long requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    int rounds() {
        return requests.stream().mapToInt(Request::round).max().orElse(0);
    }

    /** How many requests were under way at a time, at most. */
    int mostAtOnce() {
        return mostAtOnce.get();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** A connection to it, by way of a kubeconfig in this directory. */
    KubernetesConnection connect(Path directory) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, kubeconfig("http://127.0.0.1:" + port()));
        return KubernetesConnection.open(kubeconfig, null);
    }

    static String kubeconfig(String server) {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: c, user: u, namespace: demo}}, {name: other, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t0ken}}]
                """.formatted(server);
    }

    private void handle(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        int now = underWay.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        int round = arrived(exchange, path);
        for (long left = QUIET_NANOS; left > 0; left = lastArrival + QUIET_NANOS - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        try (exchange) {
            next(path).send(exchange);
        } catch (IOException e) {
            // The client went away, as some tests want.
        } finally {
            underWay.decrementAndGet();
            answered(round);
        }
    }

    private synchronized int arrived(HttpExchange exchange, String path) {
        String query = exchange.getRequestURI().getQuery();
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String encoding = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        int round = answeredRound + 1;
        lastArrival = System.nanoTime();
        requests.add(new Request(
                path,
                query == null ? "" : query,
                accept == null ? "" : accept,
                encoding == null ? "" : encoding,
                round));
        return round;
    }

    private synchronized void answered(int round) {
        answeredRound = Math.max(answeredRound, round);
    }

    private synchronized Answer next(String path) {
        Deque<Answer> left = answers.get(path);
        if (left == null) {
            return path.endsWith("s") && !path.contains("/log")
                    ? json(200, "{\"items\":[]}")
                    : status(404, "NotFound", path + " not found");
        }
        return left.size() > 1 ? left.remove() : left.element();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
