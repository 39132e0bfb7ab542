package io.k8sincident.activities.policy;

import java.util.Optional;
import java.util.Set;

/** What no policy can allow. */
final class HardLimits {
    /** The kinds that a policy can allow anything for. */
    static final Set<String> KINDS = Set.of("Deployment", "StatefulSet");

    private static final Set<String> SYSTEM_NAMESPACES = Set.of("k8s-incident-agent", "k8sincident");

    private HardLimits() {}

    /** Why this kind is never changed; empty if it may be. */
    static Optional<String> forKind(String kind) {
        return KINDS.contains(kind)
                ? Optional.empty()
                : Optional.of("a " + kind + " is never changed, whatever the policy says; only the workloads "
                        + String.join(", ", KINDS.stream().sorted().toList()) + " are");
    }

    /** Why nothing in this namespace is ever changed; empty if it may be. Kubernetes reserves the prefix {@code kube-}. */
    static Optional<String> forNamespace(String namespace) {
        return namespace.startsWith("kube-") || SYSTEM_NAMESPACES.contains(namespace)
                ? Optional.of("namespace " + namespace + " is never touched, whatever the policy says")
                : Optional.empty();
    }
}
