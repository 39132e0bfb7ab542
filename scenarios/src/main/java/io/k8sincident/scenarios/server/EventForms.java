package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;

/** The two forms of an event: core/v1, as stored, and events.k8s.io/v1. */
final class EventForms {
    private EventForms() {}

    static ObjectNode toNew(ObjectNode event) {
        ObjectNode result = Json.object().put("kind", "Event").put("apiVersion", "events.k8s.io/v1");
        result.set("metadata", event.path("metadata"));
        result.set("eventTime", event.path("eventTime"));
        result.set("reportingController", event.path("reportingComponent"));
        result.set("reportingInstance", event.path("reportingInstance"));
        result.set("reason", event.path("reason"));
        result.set("regarding", event.path("involvedObject"));
        result.set("note", event.path("message"));
        result.set("type", event.path("type"));
        result.set("deprecatedSource", event.path("source"));
        result.set("deprecatedFirstTimestamp", event.path("firstTimestamp"));
        result.set("deprecatedLastTimestamp", event.path("lastTimestamp"));
        result.set("deprecatedCount", event.path("count"));
        return result;
    }
}
