package io.k8sincident.activities.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a recording of one snapshot, by their path below its folder. Reading them back gives the same snapshot.
 * Pure; the same snapshot gives the same bytes.
 */
final class RecordingFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter(" ", "\n"))
            .withArrayIndenter(new DefaultIndenter(" ", "\n")));

    private final Snapshot snapshot;
    private final LogPaths paths;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final ObjectNode logErrors = MAPPER.createObjectNode();
    private final List<Gap> gaps;

    private RecordingFiles(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.paths = LogPaths.of(snapshot);
        this.gaps = new ArrayList<>(snapshot.gaps());
    }

    /** The files; the version is that of the API server, or empty where it is not known. */
    static SortedMap<String, byte[]> of(Snapshot snapshot, String version) {
        RecordingFiles recording = new RecordingFiles(snapshot);
        snapshot.logs().forEach(recording::log);
        recording.files.put("objects.json", json(recording.objects()));
        recording.files.put("meta.json", json(recording.meta(version)));
        return recording.files;
    }

    private void log(ContainerLog log) {
        if (!LogPaths.safe(log)) {
            gaps.add(new Gap(
                    "Log",
                    "a log of pod " + log.namespace() + "/" + log.pod(),
                    "the name of its pod or container is none that Kubernetes allows",
                    "kubectl logs"));
        } else if (log.error() != null) {
            logErrors.put(paths.key(log), log.error());
        } else {
            files.put(paths.file(log), log.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private JsonNode objects() {
        ObjectNode list = MAPPER.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        ArrayNode items = list.putArray("items");
        snapshot.objects().forEach(object -> items.add(object.fields().json()));
        return list;
    }

    private JsonNode meta(String version) {
        ObjectNode meta = MAPPER.createObjectNode();
        if (!version.isEmpty()) {
            meta.put("kubernetesVersion", version);
        }
        meta.put("recordedAt", snapshot.takenAt().toString());
        meta.put("source", snapshot.source());
        if (!logErrors.isEmpty()) {
            meta.set("logErrors", logErrors);
        }
        // Also where there are none: their absence says that nothing was left out.
        ArrayNode written = meta.putArray("gaps");
        gaps.forEach(gap -> written.addObject()
                .put("kind", gap.kind())
                .put("what", gap.what())
                .put("why", gap.why())
                .put("command", gap.command()));
        return meta;
    }

    private static byte[] json(JsonNode json) {
        try {
            return WRITER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON is always representable as JSON", e);
        }
    }
}
