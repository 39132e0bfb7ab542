package io.k8sincident.activities.evidence;

import java.util.List;

/** What a Service's selector means. */
public final class ServiceSelector {
    private ServiceSelector() {}

    /** Whether this Service has a selector and these labels fit it; its namespace is for the caller to compare. */
    public static boolean selects(Resource service, Fields labels) {
        List<String> keys = service.fields().names("spec", "selector");
        return !keys.isEmpty()
                && keys.stream()
                        .allMatch(
                                key -> labels.text(key).equals(service.fields().text("spec", "selector", key)));
    }

    /** The same for the labels of this pod. */
    public static boolean selects(Resource service, Resource pod) {
        return selects(service, pod.fields().child("metadata", "labels"));
    }
}
