package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Resource;
import java.util.List;

/**
 * What somebody says of an object on purpose: annotations whose keys, after the prefix, end in one of a documented list. No
 * other annotation, label or name is taken as an intention.
 */
public final class DeclaredIntent {
    /** The endings of keys that declare that an object is meant to be as it is for now. */
    public static final List<String> KEY_ENDINGS = List.of(
            "maintenance",
            "maintenance-window",
            "maintenance-reason",
            "freeze",
            "paused-until",
            "suspended-until",
            "pause-reason");

    private DeclaredIntent() {}

    /** Whether somebody declared that this object is meant to be as it is. */
    public static boolean of(Resource object) {
        return object.fields().names("metadata", "annotations").stream()
                .map(key -> key.substring(key.indexOf('/') + 1))
                .anyMatch(key ->
                        KEY_ENDINGS.stream().anyMatch(ending -> key.equals(ending) || key.endsWith("-" + ending)));
    }
}
