package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code actions.json}: the evictions that were asked for while a recording was made, and what the API server answered.
 * Each becomes an object of kind Eviction (policy/v1) named after its pod, whose {@code status} is the answer; the cluster
 * itself keeps no record of them. A file that cannot be read is a gap.
 */
final class RecordedActions {
    private static final long LARGEST_BYTES = 4L << 20;
    private static final Pattern EVICTION =
            Pattern.compile("POST /api/v1/namespaces/([a-z0-9.-]+)/pods/([a-z0-9.-]+)/eviction");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordedActions() {}

    static List<Resource> read(Path file, List<Gap> gaps) {
        List<Resource> evictions = new ArrayList<>();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return evictions;
        }
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IOException("more than " + LARGEST_BYTES + " bytes");
            }
            JsonNode actions = MAPPER.readTree(file.toFile());
            actions.forEach(action -> add(action, evictions));
        } catch (IOException e) {
            gaps.add(new Gap("Eviction", file.toString(), String.valueOf(e.getMessage()), "record it again"));
        }
        return evictions;
    }

    private static void add(JsonNode action, List<Resource> evictions) {
        Matcher request = EVICTION.matcher(action.path("request").asText());
        if (request.matches()) {
            ObjectNode eviction = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "policy/v1")
                    .put("kind", "Eviction");
            eviction.putObject("metadata").put("namespace", request.group(1)).put("name", request.group(2));
            ObjectNode status = action.path("body") instanceof ObjectNode body
                    ? body.deepCopy()
                    : JsonNodeFactory.instance.objectNode();
            if (!status.has("code")) {
                status.set("code", action.path("status"));
            }
            eviction.set("status", status);
            evictions.add(Resource.of(Redactor.object(eviction)));
        }
    }
}
