package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one request for a log gave.
 *
 * @param logs one entry, or two where the current and the previous log are the same
 * @param gaps nothing, or why the log could not be read
 */
record LogReading(List<ContainerLog> logs, List<Gap> gaps) {
    boolean hasText() {
        return logs.stream().anyMatch(log -> !log.text().isBlank());
    }

    LogReading and(LogReading other) {
        return new LogReading(
                Stream.concat(logs.stream(), other.logs.stream()).toList(),
                Stream.concat(gaps.stream(), other.gaps.stream()).toList());
    }
}
