package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code meta.json} says that a reader of the cluster would have known, too: the time, what the API refused, and its
 * answers in place of logs.
 *
 * @param logErrors by {@code pod/container} or {@code pod/container previous}
 * @param gaps kinds of objects that the API refused
 */
record RecordedMeta(Instant recordedAt, Map<String, String> logErrors, List<Gap> gaps) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static RecordedMeta read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw RecordingProblem.of(file, "does not exist", "add meta.json with \"recordedAt\": \"<RFC 3339 time>\"");
        }
        try {
            return of(Fields.of(MAPPER.readTree(file.toFile())), file);
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
    }

    private static RecordedMeta of(Fields meta, Path file) {
        Instant recordedAt = meta.time("recordedAt")
                .orElseThrow(() -> RecordingProblem.of(
                        file, "has no time in recordedAt", "set \"recordedAt\" to the RFC 3339 time of the recording"));
        Map<String, String> logErrors = new TreeMap<>();
        meta.names("logErrors").forEach(key -> logErrors.put(key, meta.text("logErrors", key)));
        List<Gap> gaps = meta.names("refused").stream()
                .map(resource -> refused(resource, meta.text("refused", resource)))
                .toList();
        return new RecordedMeta(recordedAt, logErrors, gaps);
    }

    private static Gap refused(String resource, String answer) {
        return new Gap(ResourceNames.kind(resource), resource, answer, "kubectl get " + resource);
    }
}
