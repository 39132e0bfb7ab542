package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.patch.AppliedFields;
import io.k8sincident.scenarios.patch.PatchFormat;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.Change;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Create, update and patch. A dry run goes all the way but for the storing. Thread-safe. */
final class Writes {
    private final ObjectStore store;
    private final Lifecycle lifecycle;
    private final AppliedFields applied = new AppliedFields();

    Writes(ObjectStore store, Lifecycle lifecycle) {
        this.store = store;
        this.lifecycle = lifecycle;
    }

    Reply create(ResourcePath path, ApiRequest request) {
        ObjectNode object = RequestBody.object(path, request);
        boolean dryRun = DryRun.of(request, "CreateOptions");
        ObjectNode stored = create(path, object, new Writer(request.fieldManager(), "Update", ""), dryRun);
        return Reply.json(201, View.of(request.accept()).object(path.type(), stored));
    }

    Reply update(ResourcePath path, ApiRequest request) {
        ObjectNode object = RequestBody.object(path, request);
        boolean dryRun = DryRun.of(request, "UpdateOptions");
        ObjectNode stored = change(path, dryRun, before -> {
            String uid = Meta.uid(object);
            if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
                throw StatusException.conflict(
                        path.type(),
                        path.name(),
                        "StorageError: invalid object, Code: 4, Key: /"
                                + path.type().plural() + "/"
                                + path.namespace() + "/" + path.name()
                                + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                                + uid + ", UID in object meta: " + Meta.uid(before));
            }
            return finished(
                    path, object.deepCopy(), before, new Writer(request.fieldManager(), "Update", path.subresource()));
        });
        return Reply.json(200, View.of(request.accept()).object(path.type(), stored));
    }

    Reply patch(ResourcePath path, ApiRequest request) {
        PatchFormat format = PatchFormat.of(request.contentType())
                .orElseThrow(() -> StatusException.of(415, "UnsupportedMediaType", "415: Unsupported Media Type"));
        boolean dryRun = DryRun.of(request, "PatchOptions");
        boolean apply = format == PatchFormat.APPLY;
        if (apply) {
            DryRun.requireFieldManager(request);
        }
        JsonNode patch = format.parse(request.body());
        Writer writer = new Writer(request.fieldManager(), apply ? "Apply" : "Update", path.subresource());
        if (apply && store.get(path.key()).isEmpty() && path.subresource().isEmpty()) {
            ObjectNode object = Json.asObject(patch.deepCopy());
            RequestBody.place(path, object);
            ObjectNode created = create(path, object, writer, dryRun);
            if (!dryRun) {
                applied.remember(Meta.uid(created), writer.manager(), patch);
            }
            return Reply.json(201, created);
        }
        ObjectNode stored = change(path, dryRun, before -> {
            ObjectNode base =
                    apply ? applied.withoutDropped(Meta.uid(before), writer.manager(), before, patch) : before;
            ObjectNode patched = format.apply(base, patch).deepCopy();
            RequestBody.place(path, patched);
            return finished(path, patched, before, writer);
        });
        if (apply && !dryRun) {
            applied.remember(Meta.uid(stored), writer.manager(), patch);
        }
        return Reply.json(200, View.of(request.accept()).object(path.type(), stored));
    }

    /** Runs a change of an object that must be there; 404 otherwise. Returns the new state. */
    ObjectNode change(ResourcePath path, boolean dryRun, java.util.function.UnaryOperator<ObjectNode> next) {
        ObjectNode[] last = new ObjectNode[1];
        Change change = before -> {
            if (before == null) {
                throw StatusException.notFound(path.type(), path.name());
            }
            ObjectNode after = next.apply(before);
            last[0] = after;
            return releasedByLastFinalizer(before, after) ? null : after;
        };
        ObjectNode stored = dryRun ? store.preview(path.key(), change) : store.write(path.key(), change);
        return stored == null ? Objects.requireNonNull(last[0]) : stored;
    }

    private ObjectNode create(ResourcePath path, ObjectNode object, Writer writer, boolean dryRun) {
        if (!Meta.resourceVersion(object).isEmpty()) {
            throw StatusException.of(500, "", "resourceVersion should not be set on objects to be created");
        }
        requireNamespace(path);
        ObjectNode completed = lifecycle.created(path.storedType(), object, writer);
        ObjectKey key = path.key(Meta.name(completed));
        Change change = before -> {
            if (before != null) {
                throw StatusException.alreadyExists(path.type(), key.name());
            }
            return completed;
        };
        @Nullable ObjectNode stored = dryRun ? store.preview(key, change) : store.write(key, change);
        return Objects.requireNonNull(stored);
    }

    private ObjectNode finished(ResourcePath path, ObjectNode object, ObjectNode before, Writer writer) {
        return path.subresource().equals("status")
                ? lifecycle.statusUpdated(path.storedType(), object, before, writer)
                : lifecycle.updated(path.storedType(), object, before, writer);
    }

    private void requireNamespace(ResourcePath path) {
        if (path.namespace().isEmpty()) {
            return;
        }
        ObjectNode namespace = store.get(new ObjectKey(Catalog.NAMESPACES, "", path.namespace()))
                .orElseThrow(() -> StatusException.notFound(Catalog.NAMESPACES, path.namespace()));
        if (Meta.deleting(namespace)) {
            throw StatusException.of(
                    403,
                    "Forbidden",
                    path.type().qualifiedPlural() + " is forbidden: unable to create new content in namespace "
                            + path.namespace() + " because it is being terminated");
        }
    }

    private static boolean releasedByLastFinalizer(ObjectNode before, ObjectNode after) {
        return Meta.deleting(before)
                && !Json.at(before, "metadata", "finalizers").isEmpty()
                && Json.at(after, "metadata", "finalizers").isEmpty();
    }
}
