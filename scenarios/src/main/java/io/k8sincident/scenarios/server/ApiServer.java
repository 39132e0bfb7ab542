package io.k8sincident.scenarios.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.server.Faults.Fault;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The API on loopback, over plain HTTP or TLS. Started by its constructor. Thread-safe. */
public final class ApiServer implements AutoCloseable {
    static {
        // Without it each answer waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Dispatcher dispatcher;
    private final RequestLog log;
    private final Faults faults;
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads;

    /**
     * Binds the port.
     *
     * @param port 0 for any free one
     * @param identity with whom it speaks TLS; none for plain HTTP
     * @throws IOException where the port is taken
     */
    public ApiServer(
            ObjectStore store,
            Lifecycle lifecycle,
            LogSource logs,
            RequestLog log,
            Faults faults,
            int port,
            Optional<Identity> identity)
            throws IOException {
        this.dispatcher = new Dispatcher(store, lifecycle, logs);
        this.log = log;
        this.faults = faults;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (identity.isPresent()) {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(identity.get().configurator());
            this.server = secure;
            this.scheme = "https";
        } else {
            this.server = HttpServer.create(address, 0);
            this.scheme = "http";
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where clients find it. */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ApiRequest request = ApiRequest.read(exchange);
            Optional<Fault> fault = faults.take(request);
            if (fault.isPresent() && fault.get() instanceof Fault.ResetBefore) {
                return; // closing an exchange that has not been answered cuts the connection
            }
            Reply reply = answer(request, fault);
            if (fault.isPresent() && fault.get() instanceof Fault.ResetAfter) {
                return;
            }
            reply.send(exchange);
        } catch (StatusException e) {
            Reply.json(e.code(), e.body()).send(exchange);
        }
    }

    private Reply answer(ApiRequest request, Optional<Fault> fault) {
        Reply reply = attempt(request, fault);
        log.add(request, reply.status());
        return reply;
    }

    private Reply attempt(ApiRequest request, Optional<Fault> fault) {
        try {
            if (fault.isPresent() && fault.get() instanceof Fault.Refuse refuse) {
                throw Faults.refusal(refuse);
            }
            if (fault.isPresent() && fault.get() instanceof Fault.Delay delay) {
                Thread.sleep(delay.pause().toMillis());
            }
            return dispatcher.dispatch(request);
        } catch (StatusException e) {
            return Reply.json(e.code(), e.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.text(503, "shutting down\n");
        } catch (RuntimeException e) {
            String message = "Internal error occurred: " + e;
            return Reply.json(
                    500, StatusException.of(500, "InternalError", message).body());
        }
    }
}
