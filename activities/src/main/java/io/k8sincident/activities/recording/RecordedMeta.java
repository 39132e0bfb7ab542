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
import java.util.stream.Stream;

/**
 * What {@code meta.json} says that a reader of the cluster would have known, too: the time, what the API refused, and its
 * answers in place of logs.
 *
 * @param logErrors by {@code [namespace/]pod/container}, with {@code previous} after it for the previous log
 * @param gaps what could not be read
 * @param knowsGaps whether the gaps are all that there are, also those of logs
 */
record RecordedMeta(Instant recordedAt, Map<String, String> logErrors, List<Gap> gaps, boolean knowsGaps) {
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
        List<Gap> gaps = Stream.concat(
                        meta.names("refused").stream()
                                .map(resource -> refused(resource, meta.text("refused", resource))),
                        meta.list("gaps").stream().map(RecordedMeta::gap))
                .toList();
        return new RecordedMeta(
                recordedAt, logErrors, gaps, meta.child("gaps").json().isArray());
    }

    private static Gap gap(Fields gap) {
        return new Gap(gap.text("kind"), gap.text("what"), gap.text("why"), gap.text("command"));
    }

    private static Gap refused(String resource, String answer) {
        return new Gap(ResourceNames.kind(resource), resource, answer, "kubectl get " + resource);
    }
}
