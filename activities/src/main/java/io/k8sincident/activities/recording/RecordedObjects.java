package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code objects.json}: a {@code kind: List}, an array, or objects one after another. An element that is no
 * Kubernetes object becomes a gap, not a failure.
 */
final class RecordedObjects {
    /** More than a recording of ten thousand pods; beyond it the file is refused rather than the memory used up. */
    static final long LARGEST_BYTES = 256L << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordedObjects() {}

    static List<Resource> read(Path file, List<Gap> gaps) {
        List<Resource> objects = new ArrayList<>();
        try {
            requireBounded(file);
            try (MappingIterator<JsonNode> documents =
                    MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
                while (documents.hasNextValue()) {
                    add(documents.nextValue(), file, objects, gaps);
                }
            }
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
        return objects;
    }

    private static void requireBounded(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_BYTES) {
            throw RecordingProblem.of(
                    file,
                    "has " + size + " bytes; at most " + LARGEST_BYTES + " are read",
                    "record fewer namespaces at a time");
        }
    }

    private static void add(JsonNode json, Path file, List<Resource> objects, List<Gap> gaps) {
        JsonNode items = json.isArray() ? json : json.path("items");
        if (items.isArray()) {
            items.forEach(item -> add(item, file, objects, gaps));
        } else if (json instanceof ObjectNode object
                && object.path("kind").isTextual()
                && object.path("metadata").path("name").isTextual()) {
            objects.add(Resource.of(Redactor.object(object)));
        } else if (!json.isObject() || !json.path("kind").asText().endsWith("List")) {
            gaps.add(new Gap("Object", "an element of " + file, "no Kubernetes object", "record it again"));
        }
    }
}
