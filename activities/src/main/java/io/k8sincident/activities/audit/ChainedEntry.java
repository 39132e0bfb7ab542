package io.k8sincident.activities.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry in its place in the chain: one line of the trail.
 *
 * @param sequence counts from 1 without gaps; it, not the time, gives the order
 * @param detailDigest {@code sha256:} of the canonical JSON of {@code detail}
 * @param previous {@code sha256:} of the line before, without its line feed; of nothing for the first
 */
public record ChainedEntry(
        long sequence,
        Instant time,
        String incident,
        String runId,
        String actor,
        String event,
        Map<String, String> detail,
        String detailDigest,
        String previous) {
    public ChainedEntry {
        detail = Collections.unmodifiableMap(new TreeMap<>(detail));
    }

    /** A detail, empty if the entry has none of that name. */
    public String detail(String name) {
        return detail.getOrDefault(name, "");
    }
}
