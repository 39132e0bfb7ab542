package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes what belongs to owners and namespaces that are gone. */
public final class GarbageCollector implements Controller {
    private final ObjectStore store;
    private long seen = -1;

    /** A collector over this store. */
    public GarbageCollector(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void reconcile() {
        if (store.version() == seen) {
            return;
        }
        seen = store.version();
        Set<String> uids = new HashSet<>();
        for (ResourceType type : Catalog.all()) {
            store.list(type, "").items().forEach(object -> uids.add(Meta.uid(object)));
        }
        for (ResourceType type : Catalog.all()) {
            for (ObjectNode object : store.list(type, "").items()) {
                List<ObjectNode> owners = Json.objects(Json.at(object, "metadata", "ownerReferences"));
                if (!owners.isEmpty() && owners.stream().noneMatch(owner -> uids.contains(Json.text(owner, "uid")))) {
                    remove(type, object);
                }
            }
        }
        store.list(Catalog.NAMESPACES, "").items().stream()
                .filter(Meta::deleting)
                .forEach(this::empty);
    }

    private void empty(ObjectNode namespace) {
        boolean left = false;
        for (ResourceType type : Catalog.all()) {
            for (ObjectNode object :
                    type.namespaced() ? store.list(type, Meta.name(namespace)).items() : List.<ObjectNode>of()) {
                remove(type, object);
                left |= type.equals(Catalog.PODS);
            }
        }
        if (!left) {
            store.write(ObjectKey.of(Catalog.NAMESPACES, namespace), before -> null);
        }
    }

    private void remove(ResourceType type, ObjectNode object) {
        store.write(ObjectKey.of(type, object), before -> {
            if (before == null
                    || !type.equals(Catalog.PODS)
                    || Json.text(before, "spec", "nodeName").isEmpty()) {
                return null;
            }
            if (Meta.deleting(before)) {
                return before;
            }
            long grace =
                    Json.at(before, "spec", "terminationGracePeriodSeconds").asLong(30);
            ObjectNode after = Meta.shallowCopy(before);
            Json.childObject(after, "metadata")
                    .put("deletionTimestamp", Timestamps.of(Instant.now().plusSeconds(grace)))
                    .put("deletionGracePeriodSeconds", grace);
            return after;
        });
    }
}
