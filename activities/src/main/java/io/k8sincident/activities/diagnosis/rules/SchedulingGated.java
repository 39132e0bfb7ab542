package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A pod is kept from scheduling by a gate that nobody has removed; there is no event of it, only the condition. */
final class SchedulingGated implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> trouble.symptom().equals("SchedulingGated"))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Resource pod = Scheduling.pod(troubles.get(0)).resource();
        String gates = String.join(
                ", ",
                pod.fields().list("spec", "schedulingGates").stream()
                        .map((Fields gate) -> gate.text("name"))
                        .toList());
        return Finding.of("scheduling-gated", troubles)
                .culprit(Culprits.template(workload, "spec.schedulingGates", gates))
                .claim(
                        "the scheduler does not consider the pod",
                        troubles.get(0).fact())
                .claim("its gates are still there", Fact.field(pod, "spec.schedulingGates", "gates: " + gates))
                .not(
                        "insufficient-cpu",
                        "the scheduler has not looked for a node",
                        troubles.get(0).fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "scheduling-gated",
                Cause.Family.SCHEDULING,
                "A gate in the pod keeps the scheduler from considering it, and nobody has removed it.",
                "the PodScheduled condition has the reason SchedulingGated (since 1.26)",
                "a pod without gates; a condition with the reason Unschedulable"));
    }
}
