package io.k8sincident.activities.policy;

import java.util.Set;

/** Annotations that controllers, {@code kubectl apply} or we ourselves keep on an object: no policy sees them. */
public final class UnseenAnnotations {
    /** Says by which write the object got its present state. */
    public static final String PLAN = "k8sincident.io/plan";

    public static final Set<String> NAMES =
            Set.of(PLAN, "deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration");

    private UnseenAnnotations() {}
}
