package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Objects that were to go and are kept by a finalizer that nobody removes. */
final class KeptObjects {
    private static final Duration FINALIZERS_TAKE = Duration.ofMinutes(1);
    /** Those that Kubernetes itself removes once the object is no longer in use, or what belongs to it has gone. */
    private static final Set<String> OF_THE_CONTROL_PLANE = Set.of(
            "kubernetes.io/pvc-protection",
            "kubernetes.io/pv-protection",
            "foregroundDeletion",
            "orphan",
            "batch.kubernetes.io/job-tracking",
            "service.kubernetes.io/load-balancer-cleanup",
            "kubernetes");

    private KeptObjects() {}

    static Optional<Trouble> of(ClusterView cluster, Resource object) {
        Optional<Instant> gone = object.fields().time("metadata", "deletionTimestamp");
        boolean longAgo = gone.isPresent() && Troubles.ago(cluster, gone).compareTo(FINALIZERS_TAKE) > 0;
        if (!longAgo || object.kind().equals("Pod")) {
            return Optional.empty();
        }
        return object.kind().equals("Namespace") ? namespace(object, gone.get()) : kept(object, gone.get());
    }

    private static Optional<Trouble> kept(Resource object, Instant gone) {
        List<String> others = object.fields().texts("metadata", "finalizers").stream()
                .filter(finalizer -> !OF_THE_CONTROL_PLANE.contains(finalizer))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(trouble(
                        Fact.field(
                                object,
                                "metadata.finalizers",
                                object.kindName() + " is kept by " + String.join(", ", others)),
                        gone));
    }

    /** The namespace controller says what is left, and which finalizers keep it (since 1.16). */
    private static Optional<Trouble> namespace(Resource namespace, Instant gone) {
        return namespace.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals("NamespaceFinalizersRemaining")
                        && condition.text("status").equals("True"))
                .findFirst()
                .map((Fields condition) -> trouble(
                        new Fact(
                                namespace.kindName() + " status.conditions[type=NamespaceFinalizersRemaining]",
                                Message.of(condition, "message"),
                                condition.toString()),
                        gone));
    }

    private static Trouble trouble(Fact fact, Instant gone) {
        return new Trouble(Kind.NOT_TERMINATED, null, null, "Terminating", fact, gone);
    }
}
