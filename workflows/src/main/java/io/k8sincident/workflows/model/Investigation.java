package io.k8sincident.workflows.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What collecting and diagnosing found, small enough for a workflow history; the snapshot itself lies in the blob store.
 *
 * @param target the object as it was read, with its uid
 * @param snapshotDigest the redacted snapshot in the blob store
 * @param diagnosis absent when nothing is wrong
 * @param gaps what could not be read, one line each
 */
public record Investigation(
        Target target,
        Instant takenAt,
        String snapshotDigest,
        @Nullable Diagnosis diagnosis,
        List<String> gaps) {
    public Investigation {
        gaps = List.copyOf(gaps);
    }
}
