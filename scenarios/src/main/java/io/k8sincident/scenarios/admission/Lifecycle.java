package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns what a client sent into what is stored: system fields, defaults, validation, generation. Thread-safe. The
 * objects passed in become the stored ones; they must be the caller's own copies.
 */
public final class Lifecycle {
    private static final List<String> SYSTEM_FIELDS =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");

    private final Defaults defaults = new Defaults();

    /** Who writes what by which request, for {@code managedFields}. */
    public record Writer(String manager, String operation, String subresource) {}

    /** Completes a new object. */
    public ObjectNode created(ResourceType type, ObjectNode object, Writer writer) {
        ObjectNode metadata = Json.childObject(object, "metadata");
        if (Meta.name(object).isEmpty() && metadata.hasNonNull("generateName")) {
            metadata.put("name", Json.text(metadata, "generateName") + Names.suffix());
        }
        dropNulls(metadata);
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        metadata.remove(List.of("resourceVersion", "managedFields", "deletionTimestamp", "selfLink"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Timestamps.now());
        if (type.generational()) {
            metadata.put("generation", 1);
        }
        decoded(type, object);
        defaults.apply(type, object);
        if (type.has("status")) {
            object.remove("status");
        }
        defaults.applyToNew(type, object);
        Validation.check(type, object, null);
        manage(type, object, writer);
        return object;
    }

    /** Completes a changed object; the status stays as it was. */
    public ObjectNode updated(ResourceType type, ObjectNode object, ObjectNode before, Writer writer) {
        checkVersion(type, object, before);
        ObjectNode metadata = keepSystemFields(object, before);
        dropNulls(metadata);
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        decoded(type, object);
        defaults.apply(type, object);
        if (type.has("status")) {
            keep(object, before, "status");
        }
        Validation.check(type, object, before);
        boolean changed = !object.path("spec").equals(before.path("spec"))
                || (type.kind().equals("Deployment") && !annotations(object).equals(annotations(before)));
        if (type.generational() && changed && !Meta.deleting(before)) {
            metadata.put("generation", Meta.generation(before) + 1);
        }
        return managedIfChanged(type, object, before, writer);
    }

    /** Completes a change of the status subresource: all but status, labels and annotations stays as it was. */
    public ObjectNode statusUpdated(ResourceType type, ObjectNode object, ObjectNode before, Writer writer) {
        checkVersion(type, object, before);
        keepSystemFields(object, before);
        keep(object, before, "spec");
        return managedIfChanged(type, object, before, writer);
    }

    private static void checkVersion(ResourceType type, ObjectNode object, ObjectNode before) {
        String version = Meta.resourceVersion(object);
        if (!version.isEmpty() && !version.equals(Meta.resourceVersion(before))) {
            if (!version.matches("[0-9]+")) {
                throw StatusException.of(500, "", "strconv.ParseUint: parsing \"" + version + "\": invalid syntax");
            }
            throw StatusException.modified(type, Meta.name(before));
        }
    }

    private static ObjectNode keepSystemFields(ObjectNode object, ObjectNode before) {
        ObjectNode metadata = Json.childObject(object, "metadata");
        String uid = Meta.uid(object);
        JsonNode old = before.path("metadata");
        SYSTEM_FIELDS.forEach(field -> keep(metadata, old, field));
        if (!uid.isEmpty()) {
            metadata.put("uid", uid); // a wrong one is for validation to refuse
        }
        metadata.set("resourceVersion", old.path("resourceVersion"));
        keep(metadata, old, "managedFields");
        return metadata;
    }

    private static void keep(ObjectNode object, JsonNode before, String field) {
        if (before.has(field)) {
            object.set(field, before.path(field));
        } else {
            object.remove(field);
        }
    }

    private static JsonNode annotations(ObjectNode object) {
        JsonNode annotations = Json.at(object, "metadata", "annotations");
        return annotations.isEmpty() ? Json.object() : annotations;
    }

    private static void decoded(ResourceType type, ObjectNode object) {
        Shape.problem(type, object).ifPresent(problem -> {
            throw StatusException.invalid(
                    "", "", "", List.of(Cause.invalid("patch", Validation.quoted(Meta.name(object)), problem)));
        });
        if (object.path("spec") instanceof ObjectNode spec) {
            dropNulls(spec);
        }
    }

    private static ObjectNode managedIfChanged(ResourceType type, ObjectNode object, ObjectNode before, Writer writer) {
        if (!object.equals(before)) {
            manage(type, object, writer);
        }
        return object;
    }

    private static void manage(ResourceType type, ObjectNode object, Writer writer) {
        ObjectNode metadata = Json.childObject(object, "metadata");
        ArrayNode managed = Json.array();
        Consumer<ObjectNode> others = entry -> {
            boolean same = Json.text(entry, "manager").equals(writer.manager())
                    && Json.text(entry, "operation").equals(writer.operation())
                    && Json.text(entry, "subresource").equals(writer.subresource());
            if (!same) {
                managed.add(entry);
            }
        };
        Json.objects(metadata.path("managedFields")).forEach(others);
        ObjectNode entry = managed.addObject()
                .put("manager", writer.manager())
                .put("operation", writer.operation())
                .put("apiVersion", type.apiVersion())
                .put("time", Timestamps.now())
                .put("fieldsType", "FieldsV1");
        entry.putObject("fieldsV1");
        if (!writer.subresource().isEmpty()) {
            entry.put("subresource", writer.subresource());
        }
        metadata.set("managedFields", managed);
    }

    /** Go's decoder treats null as absent. */
    private static void dropNulls(ObjectNode node) {
        List<String> nulls = new ArrayList<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                nulls.add(entry.getKey());
            } else if (value instanceof ObjectNode child) {
                dropNulls(child);
            } else {
                Json.objects(value).forEach(Lifecycle::dropNulls);
            }
        });
        node.remove(nulls);
    }
}
