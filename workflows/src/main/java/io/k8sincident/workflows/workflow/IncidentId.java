package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Target;
import java.util.Locale;

/**
 * The workflow id of a target's incident: {@code incident:<cluster>:<namespace>:<kind>:<name>}. There is at most one open
 * incident per id. Kubernetes names hold no colon, and none holds a slash, which Temporal's HTTP API cannot address.
 */
public final class IncidentId {
    private IncidentId() {}

    /** The id of the incident of this owner; a cluster-scoped object has {@code -} for its namespace. */
    public static String of(String cluster, Target owner) {
        String namespace = owner.namespace() == null ? "-" : owner.namespace();
        return String.join(":", "incident", cluster, namespace, owner.kind().toLowerCase(Locale.ROOT), owner.name());
    }
}
