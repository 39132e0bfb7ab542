package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.Listing;
import io.k8sincident.scenarios.store.ObjectStore;
import io.k8sincident.scenarios.store.StoreEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One watch: the changes after a version, one JSON object a line, until its time is over or the client goes. */
final class WatchStream implements Reply {
    private static final long LONGEST_SECONDS = 1_800;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int TURNS_TO_BOOKMARK = 30;

    private final ObjectStore store;
    private final Reads reads;
    private final ResourcePath path;
    private final ApiRequest request;
    private final View view;

    WatchStream(ObjectStore store, Reads reads, ResourcePath path, ApiRequest request) {
        this.store = store;
        this.reads = reads;
        this.path = path;
        this.request = request;
        this.view = View.of(request.accept());
        version(); // an impossible version or selector is refused before the stream begins
        reads.select(path, request, List.of());
    }

    @Override
    public void send(HttpExchange exchange) throws IOException {
        long seconds =
                Math.min(LONGEST_SECONDS, request.number("timeoutSeconds").orElse(LONGEST_SECONDS));
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            follow(out, end);
        } catch (StatusException e) {
            line(out, "ERROR", e.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(OutputStream out, long end) throws IOException, InterruptedException {
        long version = version();
        if (version == 0) {
            version = replay(out);
        }
        int quietTurns = 0;
        while (System.nanoTime() < end) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (store.awaitAfter(version, left.compareTo(TURN) < 0 ? left : TURN)) {
                for (StoreEvent event : store.eventsAfter(version)) {
                    version = event.version();
                    send(out, event);
                }
            } else if (++quietTurns % TURNS_TO_BOOKMARK == 0) {
                bookmark(out, version);
            }
        }
        bookmark(out, version);
    }

    private long replay(OutputStream out) throws IOException {
        Listing listing = store.list(path.storedType(), path.namespace());
        for (ObjectNode object : reads.select(path, request, listing.items())) {
            line(out, "ADDED", view.object(path.type(), object));
        }
        return listing.version();
    }

    /** An object that comes into the selection is added, one that leaves it is deleted, whatever happened to it. */
    private void send(OutputStream out, StoreEvent event) throws IOException {
        boolean here = event.key().type().equals(path.storedType())
                && (path.namespace().isEmpty() || event.key().namespace().equals(path.namespace()));
        if (!here) {
            return;
        }
        Optional<ObjectNode> before = selected(event.before());
        Optional<ObjectNode> after = selected(event.after());
        if (after.isPresent()) {
            line(out, before.isPresent() ? "MODIFIED" : "ADDED", view.object(path.type(), after.get()));
        } else if (before.isPresent()) {
            ObjectNode last = Meta.shallowCopy(before.get());
            Json.childObject(last, "metadata").put("resourceVersion", Long.toString(event.version()));
            line(out, "DELETED", view.object(path.type(), last));
        }
    }

    private Optional<ObjectNode> selected(Optional<ObjectNode> object) {
        return object.filter(o -> !reads.select(path, request, List.of(o)).isEmpty());
    }

    private void bookmark(OutputStream out, long version) throws IOException {
        if (request.flag("allowWatchBookmarks")) {
            ObjectNode object = Json.object()
                    .put("kind", path.type().kind())
                    .put("apiVersion", path.type().apiVersion());
            object.putObject("metadata").put("resourceVersion", Long.toString(version));
            line(out, "BOOKMARK", object);
        }
    }

    private static void line(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object);
        out.write(Json.bytes(event));
        out.write('\n');
        out.flush();
    }

    private long version() {
        String text = request.parameter("resourceVersion");
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw StatusException.of(
                    500,
                    "",
                    "resourceVersion: Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text
                            + "\": invalid syntax");
        }
    }
}
