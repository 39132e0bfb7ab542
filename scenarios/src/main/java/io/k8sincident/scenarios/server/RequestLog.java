package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Every request that was answered: the latest in memory, all of them in a file where one is named. Thread-safe. */
public final class RequestLog {
    private static final int KEPT = 5_000;

    private final ArrayDeque<RecordedRequest> requests = new ArrayDeque<>();
    private final Optional<Path> file;

    /** Appends to {@code file}, one JSON object a line, where one is given. */
    public RequestLog(Optional<Path> file) {
        this.file = file;
    }

    void add(ApiRequest request, int status) {
        RecordedRequest entry = new RecordedRequest(
                Instant.now(),
                request.method(),
                request.path(),
                request.parameter("dryRun").equals("All"),
                request.userAgent(),
                status,
                body(request.body()));
        synchronized (this) {
            requests.addLast(entry);
            if (requests.size() > KEPT) {
                requests.removeFirst();
            }
            file.ifPresent(path -> append(path, entry));
        }
    }

    /** The latest requests, oldest first. */
    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The writes that changed something, oldest first. */
    public List<RecordedRequest> appliedWrites() {
        return requests().stream().filter(RecordedRequest::isApplied).toList();
    }

    /** Forgets what is in memory, so that a test may count from here. */
    public synchronized void clear() {
        requests.clear();
    }

    private static void append(Path path, RecordedRequest entry) {
        ObjectNode line = Json.object()
                .put("at", entry.at().toString())
                .put("method", entry.method())
                .put("path", entry.path())
                .put("dryRun", entry.dryRun())
                .put("userAgent", entry.userAgent())
                .put("status", entry.status());
        line.set("body", entry.body());
        try {
            Files.writeString(
                    path, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the audit log " + path, e);
        }
    }

    private static JsonNode body(byte[] bytes) {
        try {
            JsonNode body = Json.parse(bytes);
            return body.isMissingNode() ? Json.object().nullNode() : body;
        } catch (IOException e) {
            return Json.object().textNode(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
