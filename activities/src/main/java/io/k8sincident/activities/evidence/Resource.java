package io.k8sincident.activities.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.workflows.model.Target;
import java.util.Comparator;
import java.util.Optional;

/** One object of the Kubernetes API as it was read, redacted. Immutable. */
public record Resource(Fields fields) {
    /** By kind, namespace, name and uid: the order of objects in a snapshot, whatever order they were read in. */
    static final Comparator<Resource> ORDER = Comparator.comparing(Resource::kind)
            .thenComparing(Resource::namespace)
            .thenComparing(Resource::name)
            .thenComparing(Resource::uid);

    public static Resource of(JsonNode json) {
        return new Resource(Fields.of(json));
    }

    public String kind() {
        return fields.text("kind");
    }

    public String apiVersion() {
        return fields.text("apiVersion");
    }

    /** Empty for cluster-scoped objects. */
    public String namespace() {
        return fields.text("metadata", "namespace");
    }

    public String name() {
        return fields.text("metadata", "name");
    }

    public String uid() {
        return fields.text("metadata", "uid");
    }

    /** {@code Pod/crashy-5d9}. */
    public String kindName() {
        return kind() + "/" + name();
    }

    public String label(String key) {
        return fields.text("metadata", "labels", key);
    }

    public String annotation(String key) {
        return fields.text("metadata", "annotations", key);
    }

    /** Its controlling owner reference, if it has one. */
    public Optional<Fields> controller() {
        return fields.list("metadata", "ownerReferences").stream()
                .filter(owner -> owner.flag("controller"))
                .findFirst();
    }

    /** This object as the target of an incident or an action. */
    public Target target() {
        return new Target(
                apiVersion(),
                kind(),
                namespace().isEmpty() ? null : namespace(),
                name(),
                uid().isEmpty() ? null : uid());
    }
}
