package io.k8sincident.worker.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The writes that the API server has seen of the agent, dry runs left out.
 *
 * @param applied those that it took, each as {@code path plan/action}
 */
record WireCount(List<Write> applied) {
    private static final String PLAN = "/metadata/annotations/k8sincident.io~1plan";

    /** One write: where it was sent and the mark of its plan. */
    record Write(String path, String mark) {
        String digest() {
            return mark.substring(0, Math.max(0, mark.indexOf('/')));
        }
    }

    /** Of the requests in a practice cluster's audit log. */
    static WireCount of(Path auditLog) throws IOException {
        List<Write> writes = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(auditLog, StandardCharsets.UTF_8)) {
            JsonNode request = json.readTree(line);
            if (isWrite(request)
                    && request.path("userAgent").asText().startsWith("k8s-incident-agent")
                    && !request.path("dryRun").asBoolean()
                    && request.path("status").asInt() < 300) {
                writes.add(new Write(
                        request.path("path").asText(),
                        request.path("body").at(PLAN).asText()));
            }
        }
        return new WireCount(List.copyOf(writes));
    }

    /** A patch, or the eviction of a pod; what else is posted are questions. */
    private static boolean isWrite(JsonNode request) {
        return request.path("method").asText().equals("PATCH")
                || request.path("path").asText().endsWith("/eviction");
    }

    /** How many came although the same one had come before. */
    long duplicates() {
        Set<Write> seen = new HashSet<>();
        return applied.stream().filter(write -> !seen.add(write)).count();
    }

    /** How many carry out a plan that nobody approved for that object, or change something else. */
    long unapproved(Collection<OpenIncident> incidents) {
        Map<String, OpenIncident> byPath = incidents.stream()
                .collect(Collectors.toMap(incident -> CrashingCluster.written(incident.object()), Function.identity()));
        return applied.stream()
                .filter(write -> !byPath.containsKey(write.path())
                        || !byPath.get(write.path()).approvedDigests().contains(write.digest()))
                .count();
    }
}
