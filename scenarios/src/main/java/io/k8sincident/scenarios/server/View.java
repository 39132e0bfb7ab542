package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;

/** How objects are shown: as a client asked for them in its Accept header. */
enum View {
    /** The objects themselves. */
    FULL,
    /** Only their metadata. */
    METADATA,
    /** Rows of a table, as kubectl prints them. */
    TABLE;

    /** The first form in the header that is served. */
    static View of(String accept) {
        for (String part : accept.split(",", -1)) {
            if (part.contains("as=Table") && part.contains("v=v1;")) {
                return TABLE;
            }
            if (part.contains("as=PartialObjectMetadata")) {
                return METADATA;
            }
            if (!part.contains("as=") && part.contains("json")) {
                return FULL;
            }
        }
        return FULL;
    }

    /** One object in this form. */
    ObjectNode object(ResourceType type, ObjectNode stored) {
        return switch (this) {
            case FULL -> type.equals(Catalog.NEW_EVENTS) ? EventForms.toNew(stored) : stored;
            case METADATA -> metadata(stored);
            case TABLE -> Tables.of(type).table(java.util.List.of(stored), Json.object());
        };
    }

    /** Several objects in this form; {@code metadata} is the list's own. */
    ObjectNode list(ResourceType type, java.util.List<ObjectNode> items, ObjectNode metadata) {
        if (this == TABLE) {
            return Tables.of(type).table(items, metadata);
        }
        ObjectNode list = this == METADATA
                ? Json.object().put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1")
                : Json.object().put("kind", type.listKind()).put("apiVersion", type.apiVersion());
        list.set("metadata", metadata);
        var array = list.putArray("items");
        items.forEach(item -> array.add(object(type, item)));
        return list;
    }

    static ObjectNode metadata(ObjectNode stored) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", stored.path("metadata"));
        return partial;
    }
}
