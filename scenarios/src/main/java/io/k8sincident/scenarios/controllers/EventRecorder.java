package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes events as client-go's recorder does: an event that repeats raises the count and the last timestamp of the
 * first one. Thread-safe.
 */
public final class EventRecorder {
    private static final int REMEMBERED = 4_000;

    private final ObjectStore store;
    private final String component;
    private final String host;
    private final Map<String, ObjectKey> seen = new LinkedHashMap<>();

    /** A recorder for one component; {@code host} is its node, or empty. */
    public EventRecorder(ObjectStore store, String component, String host) {
        this.store = store;
        this.component = component;
        this.host = host;
    }

    /** A normal event about an object. */
    public void normal(ObjectNode about, String reason, String message) {
        record(about, "", "Normal", reason, message);
    }

    /** A warning about an object. */
    public void warning(ObjectNode about, String reason, String message) {
        record(about, "", "Warning", reason, message);
    }

    /** An event about a part of an object, such as {@code spec.containers{app}}. */
    public synchronized void record(ObjectNode about, String fieldPath, String type, String reason, String message) {
        String fingerprint = String.join("\n", Meta.uid(about), fieldPath, type, reason, message);
        ObjectKey key = seen.computeIfAbsent(fingerprint, ignored -> newKey(about));
        store.write(
                key, before -> before == null ? event(key, about, fieldPath, type, reason, message) : repeated(before));
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    private static ObjectKey newKey(ObjectNode about) {
        Instant now = Instant.now();
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        String unique = Long.toHexString(nanos + UUID.randomUUID().getLeastSignificantBits() % 1_000);
        String namespace = Meta.namespace(about).isEmpty() ? "default" : Meta.namespace(about);
        return new ObjectKey(Catalog.EVENTS, namespace, Meta.name(about) + "." + unique);
    }

    private static ObjectNode repeated(ObjectNode before) {
        ObjectNode after = Meta.shallowCopy(before);
        after.put("count", before.path("count").asInt(1) + 1);
        return after.put("lastTimestamp", Timestamps.now());
    }

    private ObjectNode event(
            ObjectKey key, ObjectNode about, String fieldPath, String type, String reason, String message) {
        String now = Timestamps.now();
        ObjectNode event = Json.object().put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata")
                .put("name", key.name())
                .put("namespace", key.namespace())
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", now);
        ObjectNode involved = event.putObject("involvedObject")
                .put("kind", Json.text(about, "kind"))
                .put("namespace", Meta.namespace(about))
                .put("name", Meta.name(about))
                .put("uid", Meta.uid(about))
                .put("apiVersion", Json.text(about, "apiVersion"))
                .put("resourceVersion", Meta.resourceVersion(about));
        if (!fieldPath.isEmpty()) {
            involved.put("fieldPath", fieldPath);
        }
        event.put("reason", reason).put("message", message);
        ObjectNode source = event.putObject("source").put("component", component);
        if (!host.isEmpty()) {
            source.put("host", host);
        }
        event.put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("type", type);
        event.putNull("eventTime");
        return event.put("reportingComponent", component).put("reportingInstance", host);
    }
}
