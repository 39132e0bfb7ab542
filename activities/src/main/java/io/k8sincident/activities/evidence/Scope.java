package io.k8sincident.activities.evidence;

import io.k8sincident.workflows.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is to be taken of: one target and its surroundings, one namespace, or everything.
 *
 * @param namespace absent for everything
 * @param target absent for a whole namespace
 */
public record Scope(@Nullable String namespace, @Nullable Target target) {
    public static Scope of(Target target) {
        return new Scope(target.namespace(), target);
    }

    public static Scope namespace(String namespace) {
        return new Scope(namespace, null);
    }

    public static Scope everything() {
        return new Scope(null, null);
    }
}
