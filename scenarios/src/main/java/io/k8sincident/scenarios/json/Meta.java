package io.k8sincident.scenarios.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** The metadata that every Kubernetes object carries. Absent fields read as empty. */
public final class Meta {
    private Meta() {}

    /** {@code metadata.name}, or the empty string. */
    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    /** {@code metadata.namespace}, or the empty string for a cluster-wide object. */
    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    /** {@code metadata.uid}, or the empty string. */
    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    /** {@code metadata.resourceVersion}, or the empty string. */
    public static String resourceVersion(JsonNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }

    /** {@code metadata.generation}, or 0. */
    public static long generation(JsonNode object) {
        return Json.at(object, "metadata", "generation").asLong(0);
    }

    /** {@code metadata.labels}, sorted by key. */
    public static Map<String, String> labels(JsonNode object) {
        return Json.strings(Json.at(object, "metadata", "labels"));
    }

    /** One annotation, or the empty string. */
    public static String annotation(JsonNode object, String key) {
        return Json.text(object, "metadata", "annotations", key);
    }

    /** Whether deletion was asked for and the object only waits for its end. */
    public static boolean deleting(JsonNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    /** The owner reference with {@code controller: true}, if any. */
    public static Optional<ObjectNode> controller(JsonNode object) {
        return Json.objects(Json.at(object, "metadata", "ownerReferences")).stream()
                .filter(owner -> owner.path("controller").asBoolean(false))
                .findFirst();
    }

    /** Whether the object's controller is the one with this uid. */
    public static boolean controlledBy(JsonNode object, String uid) {
        return controller(object)
                .map(owner -> Json.text(owner, "uid").equals(uid))
                .orElse(false);
    }

    /** An owner reference that makes {@code owner} the controller. */
    public static ObjectNode controllerReference(JsonNode owner) {
        return Json.object()
                .put("apiVersion", Json.text(owner, "apiVersion"))
                .put("kind", Json.text(owner, "kind"))
                .put("name", name(owner))
                .put("uid", uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    /**
     * A copy whose own members and metadata may be changed, while all else (spec, status) is shared with the original
     * and must only be replaced as a whole.
     */
    public static ObjectNode shallowCopy(ObjectNode object) {
        ObjectNode copy = Json.object();
        copy.setAll(object);
        copy.set("metadata", Json.at(object, "metadata").deepCopy());
        return copy;
    }
}
