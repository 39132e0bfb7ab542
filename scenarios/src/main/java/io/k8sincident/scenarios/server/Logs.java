package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.status.StatusException.Cause;
import io.k8sincident.scenarios.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The log subresource of pods. Thread-safe. */
final class Logs {
    private static final Duration TURN = Duration.ofMillis(200);

    private final ObjectStore store;
    private final Reads reads;
    private final LogSource source;

    Logs(ObjectStore store, Reads reads, LogSource source) {
        this.store = store;
        this.reads = reads;
        this.source = source;
    }

    Reply log(ResourcePath path, ApiRequest request) {
        ObjectNode pod = reads.stored(path.withoutSubresource());
        String container = container(pod, request.parameter("container"));
        if (Json.text(pod, "spec", "nodeName").isEmpty()) {
            return Reply.text(200, "");
        }
        long tail = limit(path.type(), pod, request, "tailLines", 0);
        long bytes = limit(path.type(), pod, request, "limitBytes", 1);
        Instant since = request.number("sinceSeconds")
                .map(seconds -> Instant.now().minusSeconds(seconds))
                .orElse(Instant.MIN);
        List<LogLine> lines = source.read(pod, container, request.flag("previous")).stream()
                .filter(line -> !line.time().isBefore(since))
                .toList();
        List<LogLine> last = lines.subList((int) Math.max(0, lines.size() - tail), lines.size());
        boolean timestamps = request.flag("timestamps");
        byte[] text = text(last, timestamps).getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(text, (int) Math.min(text.length, bytes));
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            if (request.flag("follow")) {
                follow(exchange, path, pod, container, cut, lines.size(), timestamps);
                return;
            }
            exchange.sendResponseHeaders(200, cut.length == 0 ? -1 : cut.length);
            exchange.getResponseBody().write(cut);
        };
    }

    /** Sends what there is, then what comes, until the container's run ends. */
    private void follow(
            HttpExchange exchange,
            ResourcePath path,
            ObjectNode pod,
            String container,
            byte[] first,
            int seen,
            boolean timestamps)
            throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(first);
        out.flush();
        int sent = seen;
        int restarts = restarts(pod, container);
        long version = store.version();
        try {
            while (true) {
                store.awaitAfter(version, TURN);
                version = store.version();
                ObjectNode now = store.get(path.withoutSubresource().key()).orElse(null);
                if (now == null || !Meta.uid(now).equals(Meta.uid(pod)) || restarts(now, container) != restarts) {
                    return;
                }
                List<LogLine> lines = source.read(now, container, false);
                out.write(text(lines.subList(Math.min(sent, lines.size()), lines.size()), timestamps)
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                sent = lines.size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String container(ObjectNode pod, String asked) {
        List<String> names = new ArrayList<>();
        List<String> all = new ArrayList<>();
        Json.objects(Json.at(pod, "spec", "initContainers")).forEach(c -> all.add(Json.text(c, "name")));
        Json.objects(Json.at(pod, "spec", "containers")).forEach(c -> names.add(Json.text(c, "name")));
        all.addAll(names);
        if (asked.isEmpty() && names.size() == 1) {
            return names.get(0);
        }
        if (asked.isEmpty()) {
            throw StatusException.badRequest("a container name must be specified for pod " + Meta.name(pod)
                    + ", choose one of: [" + String.join(" ", names) + "]");
        }
        if (!all.contains(asked)) {
            throw StatusException.badRequest("container " + asked + " is not valid for pod " + Meta.name(pod));
        }
        return asked;
    }

    private static long limit(ResourceType type, ObjectNode pod, ApiRequest request, String name, int least) {
        long value = request.number(name).orElse((long) Integer.MAX_VALUE);
        if (value < least) {
            throw StatusException.invalid(
                    type.group(),
                    "PodLogOptions",
                    Meta.name(pod),
                    List.of(Cause.invalid(name, Long.toString(value), "must be greater than or equal to " + least)));
        }
        return value;
    }

    private static int restarts(ObjectNode pod, String container) {
        return Json.objects(Json.at(pod, "status", "containerStatuses")).stream()
                .filter(status -> Json.text(status, "name").equals(container))
                .mapToInt(status -> status.path("restartCount").asInt(0))
                .sum();
    }

    private static String text(List<LogLine> lines, boolean timestamps) {
        return lines.stream()
                .map(line -> (timestamps ? line.time() + " " : "") + line.text() + "\n")
                .collect(Collectors.joining());
    }
}
