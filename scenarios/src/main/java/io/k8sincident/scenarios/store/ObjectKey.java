package io.k8sincident.scenarios.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Meta;
import java.util.Comparator;

/** Where an object is stored. {@code namespace} is empty for cluster-wide ones. Sorted as a list request answers. */
public record ObjectKey(ResourceType type, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(
                    (ObjectKey key) -> key.type().group())
            .thenComparing(key -> key.type().plural())
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    /** The key of an object that carries its name and namespace. */
    public static ObjectKey of(ResourceType type, JsonNode object) {
        return new ObjectKey(type, Meta.namespace(object), Meta.name(object));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
