package io.k8sincident.activities.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What no policy can allow. */
final class HardLimits {
    /** The kinds that a policy can allow anything for. */
    static final Set<String> KINDS = Set.of("Deployment", "StatefulSet");

    private static final Set<String> SYSTEM_NAMESPACES = Set.of("k8s-incident-agent", "k8sincident");

    /** Where Kubernetes tells a pod its namespace. */
    private static final Path OWN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private static final String OWN_NAMESPACE = read(OWN);

    private HardLimits() {}

    /** The namespace that this file names; empty outside of a cluster. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Why this kind is never changed; empty if it may be. */
    static Optional<String> forKind(String kind) {
        return KINDS.contains(kind)
                ? Optional.empty()
                : Optional.of("a " + kind + " is never changed, whatever the policy says; only the workloads "
                        + String.join(", ", KINDS.stream().sorted().toList()) + " are");
    }

    /** Why nothing in this namespace is ever changed; empty if it may be. Kubernetes reserves the prefix {@code kube-}. */
    static Optional<String> forNamespace(String namespace) {
        boolean own = !OWN_NAMESPACE.isEmpty() && namespace.equals(OWN_NAMESPACE);
        return own || namespace.startsWith("kube-") || SYSTEM_NAMESPACES.contains(namespace)
                ? Optional.of("namespace " + namespace + " is never touched, whatever the policy says")
                : Optional.empty();
    }
}
