package io.k8sincident.activities.approval;

import io.k8sincident.workflows.model.Target;

/** Knows what users of the cluster may do themselves. Thread-safe. */
public interface Access {
    /**
     * Whether this user may do this to exactly this object.
     *
     * @param verb of the Kubernetes API, such as {@code patch}; {@code create} of a pod means its eviction
     * @throws io.k8sincident.activities.evidence.ClusterException if the cluster does not say
     */
    boolean allowed(String user, String verb, Target target);
}
