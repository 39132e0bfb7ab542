package io.k8sincident.scenarios.server;

import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.List;

/** The options that every write takes. */
final class DryRun {
    private DryRun() {}

    /** Whether the request's {@code dryRun} says All; 422 for anything but All. */
    static boolean of(ApiRequest request, String options) {
        return of(request.parameter("dryRun"), options);
    }

    static boolean of(String value, String options) {
        if (!value.isEmpty() && !value.equals("All")) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    options,
                    "",
                    List.of(new Cause(
                            "FieldValueNotSupported",
                            "dryRun",
                            "Unsupported value: [\"" + value + "\"]: supported values: \"All\"")));
        }
        return value.equals("All");
    }

    static void requireFieldManager(ApiRequest request) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(new Cause(
                            "FieldValueRequired", "fieldManager", "Required value: is required for apply patch")));
        }
    }
}
