package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.Change;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delete, of one object or a selection. What an object owns is removed afterwards by the garbage collector. */
final class Deletes {
    private final ObjectStore store;
    private final Reads reads;

    Deletes(ObjectStore store, Reads reads) {
        this.store = store;
        this.reads = reads;
    }

    Reply delete(ResourcePath path, ApiRequest request) {
        ObjectNode options = options(request);
        ObjectNode object = reads.stored(path);
        ObjectNode after = delete(path, options);
        if (after != null) {
            return Reply.json(200, View.of(request.accept()).object(path.type(), after));
        }
        if (path.type().equals(Catalog.PODS)) {
            return Reply.json(200, View.of(request.accept()).object(path.type(), object));
        }
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        ObjectNode details =
                status.put("status", "Success").putObject("details").put("name", path.name());
        if (!path.type().group().isEmpty()) {
            details.put("group", path.type().group());
        }
        details.put("kind", path.type().plural()).put("uid", Meta.uid(object));
        return Reply.json(200, status);
    }

    Reply deleteCollection(ResourcePath path, ApiRequest request) {
        ObjectNode options = options(request);
        var listing = store.list(path.storedType(), path.namespace());
        List<ObjectNode> selected = reads.select(path, request, listing.items());
        for (ObjectNode object : selected) {
            delete(new ResourcePath(path.type(), Meta.namespace(object), Meta.name(object), ""), options);
        }
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(store.version()));
        return Reply.json(200, View.of(request.accept()).list(path.type(), selected, metadata));
    }

    /** Deletes, or begins to. Returns the object where it stays for a while, null where it is gone. */
    @Nullable
    ObjectNode delete(ResourcePath path, ObjectNode options) {
        boolean dryRun = isDryRun(options);
        Change change = before -> {
            if (before == null) {
                throw StatusException.notFound(path.type(), path.name());
            }
            preconditions(path, options.path("preconditions"), before);
            return next(path.storedType(), before, options);
        };
        ObjectKey key = path.key();
        ObjectNode before = store.get(key).orElse(null);
        ObjectNode after = dryRun ? store.preview(key, change) : store.write(key, change);
        if (!dryRun && before != null && orphans(options)) {
            orphanDependents(Meta.uid(before));
        }
        return after;
    }

    private static @Nullable ObjectNode next(ResourceType type, ObjectNode before, ObjectNode options) {
        boolean namespace = type.equals(Catalog.NAMESPACES);
        boolean finalizers = !Json.at(before, "metadata", "finalizers").isEmpty();
        long grace = type.equals(Catalog.PODS) ? grace(before, options) : 0;
        if (grace == 0 && !namespace && !finalizers) {
            return null;
        }
        if (Meta.deleting(before)
                && grace
                        >= Json.at(before, "metadata", "deletionGracePeriodSeconds")
                                .asLong(0)) {
            return before;
        }
        ObjectNode after = Meta.shallowCopy(before);
        Json.childObject(after, "metadata")
                .put("deletionTimestamp", Timestamps.of(Instant.now().plusSeconds(grace)))
                .put("deletionGracePeriodSeconds", grace);
        if (namespace) {
            after.set("status", Json.object().put("phase", "Terminating"));
        }
        return after;
    }

    private static long grace(ObjectNode pod, ObjectNode options) {
        String phase = Json.text(pod, "status", "phase");
        if (Json.text(pod, "spec", "nodeName").isEmpty() || phase.equals("Failed") || phase.equals("Succeeded")) {
            return 0;
        }
        long own = Json.at(pod, "spec", "terminationGracePeriodSeconds").asLong(30);
        return Math.max(0, options.path("gracePeriodSeconds").asLong(own));
    }

    private static void preconditions(ResourcePath path, JsonNode wanted, ObjectNode stored) {
        String uid = Json.text(wanted, "uid");
        String version = Json.text(wanted, "resourceVersion");
        if (!uid.isEmpty() && !uid.equals(Meta.uid(stored))) {
            throw StatusException.failedPrecondition(
                    path.type(),
                    path.name(),
                    "the UID in the precondition (" + uid
                            + ") does not match the UID in record (" + Meta.uid(stored)
                            + "). The object might have been deleted and then recreated");
        }
        if (!version.isEmpty() && !version.equals(Meta.resourceVersion(stored))) {
            throw StatusException.failedPrecondition(
                    path.type(),
                    path.name(),
                    "the ResourceVersion in the precondition ("
                            + version + ") does not match the ResourceVersion in record ("
                            + Meta.resourceVersion(stored)
                            + "). The object might have been modified");
        }
    }

    private static boolean isDryRun(ObjectNode options) {
        boolean dryRun = false;
        for (JsonNode value : options.path("dryRun")) {
            dryRun |= DryRun.of(value.asText(), "DeleteOptions");
        }
        return dryRun;
    }

    private static boolean orphans(ObjectNode options) {
        return Json.text(options, "propagationPolicy").equals("Orphan")
                || options.path("orphanDependents").asBoolean(false);
    }

    private void orphanDependents(String uid) {
        for (ResourceType type : Catalog.all()) {
            for (ObjectNode object : store.list(type, "").items()) {
                store.write(ObjectKey.of(type, object), before -> before == null ? null : disowned(before, uid));
            }
        }
    }

    private static ObjectNode disowned(ObjectNode object, String uid) {
        ArrayNode left = Json.array();
        Json.objects(Json.at(object, "metadata", "ownerReferences")).stream()
                .filter(owner -> !Json.text(owner, "uid").equals(uid))
                .forEach(left::add);
        if (left.size() == Json.at(object, "metadata", "ownerReferences").size()) {
            return object;
        }
        ObjectNode after = Meta.shallowCopy(object);
        ObjectNode metadata = Json.childObject(after, "metadata");
        metadata.remove("ownerReferences");
        if (!left.isEmpty()) {
            metadata.set("ownerReferences", left);
        }
        return after;
    }

    /** The body's DeleteOptions, with the query's parameters in their places. */
    private static ObjectNode options(ApiRequest request) {
        ObjectNode options = Json.asObject(RequestBody.parse(request)).deepCopy();
        if (!request.parameter("dryRun").isEmpty()) {
            options.putArray("dryRun").add(request.parameter("dryRun"));
        }
        request.number("gracePeriodSeconds").ifPresent(seconds -> options.put("gracePeriodSeconds", seconds));
        if (!request.parameter("propagationPolicy").isEmpty()) {
            options.put("propagationPolicy", request.parameter("propagationPolicy"));
        }
        return options;
    }
}
