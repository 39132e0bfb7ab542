package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code objects.json}: a {@code kind: List}, an array, or objects one after another. An element that is no
 * Kubernetes object becomes a gap, not a failure.
 */
final class RecordedObjects {
    /** More than a recording of ten thousand pods; beyond it the file is refused rather than the memory used up. */
    static final long LARGEST_BYTES = 256L << 20;

    private RecordedObjects() {}

    static List<Resource> read(Path file, List<Gap> gaps) {
        ObjectCollector collector = new ObjectCollector();
        try {
            requireBounded(file);
            try (InputStream in = Files.newInputStream(file)) {
                new JsonObjects(RecordingProblem.name(file), collector).read(in);
            }
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
        gaps.addAll(collector.gaps());
        return collector.objects();
    }

    static void requireBounded(Path file) throws IOException {
        long size = Files.size(file);
        if (size > mostBytes()) {
            throw RecordingProblem.of(
                    file,
                    "has " + size + " bytes; at most " + mostBytes() + " are read",
                    "give fewer namespaces at a time: incident record -n NAMESPACE --to PATH");
        }
    }

    /** Objects take several times the size of their text, so that less is read where there is little memory. */
    static long mostBytes() {
        return Math.min(LARGEST_BYTES, Runtime.getRuntime().maxMemory() / 5);
    }
}
