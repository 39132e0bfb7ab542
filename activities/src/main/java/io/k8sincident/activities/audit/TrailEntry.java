package io.k8sincident.activities.audit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened.
 *
 * @param incident the workflow id
 * @param runId of the workflow, empty where it is not known
 * @param actor who did it: a person as described, or {@code system}
 * @param event what, in snake case
 * @param detail field by field; redacted, and small: what is large is named by its digest
 */
public record TrailEntry(String incident, String runId, String actor, String event, Map<String, String> detail) {
    /** Who does what no person did. */
    public static final String SYSTEM = "system";

    public TrailEntry {
        Map<String, String> encodable = new TreeMap<>();
        detail.forEach((name, text) -> encodable.put(name, encodable(text)));
        detail = Collections.unmodifiableMap(encodable);
        actor = encodable(actor);
    }

    /** An entry of ours. */
    public static TrailEntry of(String incident, String runId, String event, Map<String, String> detail) {
        return new TrailEntry(incident, runId, SYSTEM, event, detail);
    }

    /** Half a surrogate pair cannot be written as UTF-8, and must not keep an entry out of the trail. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
