package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The scheduler removed pods of the workload for others of a higher priority, and their replacements find no room. The
 * Preempted event is about a pod that is mostly gone; its controller is told by the name that the controller gave it.
 */
final class Preempted implements Rule {
    private static final Pattern SUFFIX = Pattern.compile("[a-z0-9]{5}|[0-9]{1,5}");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> Scheduling.reasons(trouble).count("Insufficient ") > 0)
                .toList();
        Optional<EventView> event = event(workload);
        if (troubles.isEmpty() || event.isEmpty()) {
            return Optional.empty();
        }
        String priority = Scheduling.pod(troubles.get(0)).resource().fields().text("spec", "priority");
        return Finding.of("priority-preempted", troubles)
                .culprit(Culprits.template(
                        workload, "spec.priorityClassName", priority.isEmpty() ? null : "priority " + priority))
                .claim(
                        "a pod of the workload was removed for one of a higher priority",
                        event.get().fact())
                .claim("there is no room for its replacement", troubles.get(0).fact())
                .not(
                        "insufficient-memory",
                        "the pods had room until others of a higher priority came",
                        event.get().fact())
                .found();
    }

    /** The newest event that tells of a preempted pod of this workload. */
    static Optional<EventView> event(WorkloadView workload) {
        return workload.cluster().all("Event").stream()
                .map(EventView::new)
                .filter(event -> event.is("Preempted") && event.namespace().equals(workload.namespace()))
                .filter(event -> workload.controllers().stream().anyMatch(owner -> made(owner, event.name())))
                .min(EventView.NEWEST_FIRST);
    }

    private static boolean made(Resource owner, String pod) {
        String prefix = owner.name() + "-";
        return !owner.kind().equals("Deployment")
                && pod.startsWith(prefix)
                && SUFFIX.matcher(pod.substring(prefix.length())).matches();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "priority-preempted",
                Family.SCHEDULING,
                "Pods were removed for others of a higher priority, and their replacements find no room.",
                "a Preempted event about a pod of the workload (kube-scheduler 1.19 to 1.36), and a pod of it that the"
                        + " scheduler cannot place for want of a resource",
                "no such event left; pods that were placed again"));
    }
}
