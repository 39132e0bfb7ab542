package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.util.List;
import java.util.Optional;

/** A rollout is past its deadline since a readiness gate of its pods, all containers of which are ready, is never set. */
final class RolloutStalled implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_READY)
                .filter(trouble -> trouble.container() == null)
                .filter(trouble -> unsetGate(Scheduling.pod(trouble)).isPresent())
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        PodView pod = Scheduling.pod(troubles.get(0));
        String gate = unsetGate(pod).orElse("");
        return Finding.of("rollout-stalled", troubles)
                .culprit(Culprits.template(workload, "spec.readinessGates", gate))
                .claim(
                        "the pod is not ready although its containers are",
                        troubles.get(0).fact())
                .claim(
                        "its readiness gate " + gate + " is not set",
                        Fact.field(pod.resource(), "spec.readinessGates", "readiness gate " + gate))
                .not("readiness-probe-failing", "all containers are ready", pod.conditionFact("ContainersReady"))
                .found();
    }

    private static Optional<String> unsetGate(PodView pod) {
        return pod.resource().fields().list("spec", "readinessGates").stream()
                .map((Fields gate) -> gate.text("conditionType"))
                .filter(type -> pod.condition(type)
                        .filter(condition -> condition.text("status").equals("True"))
                        .isEmpty())
                .findFirst();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "rollout-stalled",
                Cause.Family.ROLLOUT,
                "A rollout does not go on, since a readiness gate of its pods is never set.",
                "all containers are ready, the pod is not, and a condition that spec.readinessGates names is not True",
                "a container that is not ready; a rollout within its deadline"));
    }
}
