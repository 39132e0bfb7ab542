package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Disruption;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A PodDisruptionBudget refuses an eviction that somebody asked for, so that a drain does not end. */
final class EvictionRefused implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (!workload.kind().equals("PodDisruptionBudget") || troubles.isEmpty()) {
            return Optional.empty();
        }
        Resource budget = workload.resource();
        Fields spec = budget.fields().child("spec");
        String field = spec.has("maxUnavailable") ? "maxUnavailable" : "minAvailable";
        Fields status = budget.fields().child("status");
        Finding.Draft draft = Finding.of("pdb-blocks-eviction", troubles)
                .culprit(Culprits.template(workload, "spec." + field, spec.text(field)))
                .claim("an eviction is refused", troubles.get(0).fact())
                .claim(
                        "the budget allows none",
                        Fact.field(
                                budget,
                                "status.disruptionsAllowed",
                                "needs " + status.text("desiredHealthy") + " of " + status.text("expectedPods")
                                        + " pods, allows " + status.text("disruptionsAllowed") + " to go"));
        if (troubles.get(0).fact().where().startsWith("Node/")) {
            draft.likely();
        }
        Disruption.pods(workload.cluster(), budget).stream()
                .map(pod -> workload.cluster().topOwner(pod))
                .findFirst()
                .ifPresent(owner -> draft.actingOn(owner.target()));
        return draft.found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "pdb-blocks-eviction",
                Family.DISRUPTION,
                "A PodDisruptionBudget refuses an eviction that was asked for: a drain does not end.",
                "an eviction answered with 429 and the budget's name, or with 500 since two budgets are about the pod; or,"
                        + " likely, a cordoned node on which nothing else is left, with a budget that can never allow one"
                        + " pod to go",
                "a budget that allows none while nobody asks for an eviction"));
    }
}
