package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A pod that its kubelet refuses to run for what its spec asks for. The controller makes another one, which is refused as
 * well; only the newest counts, and only while the workload lacks pods.
 */
final class Rejection {
    private static final Set<String> REASONS = Set.of("SysctlForbidden", "AppArmor");

    private Rejection() {}

    static Optional<Trouble> of(WorkloadView workload) {
        boolean enough = workload.pods().stream().filter(PodView::ready).count() >= Math.max(1, workload.replicas());
        return workload.pods().stream()
                .filter(pod -> !enough && workload.current(pod) && rejected(pod))
                .max(Comparator.comparing((PodView pod) ->
                                pod.created().map(Object::toString).orElse(""))
                        .thenComparing(PodView::name))
                .map(Rejection::trouble);
    }

    private static boolean rejected(PodView pod) {
        return pod.phase().equals("Failed")
                && REASONS.contains(pod.resource().fields().text("status", "reason"));
    }

    private static Trouble trouble(PodView pod) {
        Fields status = pod.resource().fields().child("status");
        String reason = status.text("reason");
        Fact fact = new Fact(
                pod.resource().kindName() + " status",
                reason + ": " + Message.of(status, "message"),
                status.toString());
        return new Trouble(
                Trouble.Kind.NOT_PREPARED,
                pod,
                null,
                reason,
                fact,
                pod.created().orElse(null));
    }
}
