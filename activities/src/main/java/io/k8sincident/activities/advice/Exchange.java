package io.k8sincident.activities.advice;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and what comes back, as events that one thread waits for as long as it likes. Closing it ends the request
 * wherever it stands: that is what no blocking client offers on Java 17.
 */
final class Exchange implements AutoCloseable {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BodyLines body;
    private final CompletableFuture<HttpResponse<Boolean>> response;

    private Exchange(HttpClient client, HttpRequest request, int mostBytes) {
        body = new BodyLines(mostBytes, events::add);
        response = client.sendAsync(request, head -> {
            events.add(Event.head(head.statusCode()));
            return body;
        });
        // Not chained to what is cancelled: only the future that sendAsync gave ends the request.
        var unused = response.whenComplete((done, problem) -> {
            if (problem != null) {
                events.add(Event.broken(problem));
            }
        });
    }

    /** Sends the request; at most so many bytes of the body are read. */
    static Exchange send(HttpClient client, HttpRequest request, int mostBytes) {
        return new Exchange(client, request, mostBytes);
    }

    /** What happens next; absent if nothing does within this time. */
    @Nullable
    Event next(Duration within) throws InterruptedException {
        return events.poll(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        body.cancel();
        var unused = response.cancel(true);
    }

    /** What can happen. */
    enum Kind {
        HEAD,
        LINE,
        END,
        BROKEN,
        TOO_LARGE
    }

    /**
     * One thing that happened.
     *
     * @param status of HEAD
     * @param line of LINE, without its end
     * @param problem of BROKEN
     */
    record Event(
            Kind kind, int status, String line, @Nullable Throwable problem) {
        static Event head(int status) {
            return new Event(Kind.HEAD, status, "", null);
        }

        static Event line(String line) {
            return new Event(Kind.LINE, 0, line, null);
        }

        static Event end() {
            return new Event(Kind.END, 0, "", null);
        }

        static Event broken(Throwable problem) {
            return new Event(Kind.BROKEN, 0, "", problem);
        }

        static Event tooLarge() {
            return new Event(Kind.TOO_LARGE, 0, "", null);
        }
    }
}
