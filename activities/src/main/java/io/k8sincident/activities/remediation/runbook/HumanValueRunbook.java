package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets a container's command or image to a value that only a human knows. Nothing is invented: the value is asked for. */
final class HumanValueRunbook implements Runbook {
    private static final Set<String> TEMPLATED = Set.of("Deployment", "StatefulSet");
    private static final Map<String, String> FIELDS = Map.of(
            "bad-command", "command",
            "bad-arguments", "command",
            "image-not-found", "image",
            "invalid-image-name", "image",
            "image-never-pull", "image");

    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        String field = FIELDS.get(cause.cause());
        Culprit culprit = cause.culprit();
        return field == null
                        || culprit == null
                        || culprit.container() == null
                        || !TEMPLATED.contains(workload.kind())
                        || !Template.reachesThePods(workload)
                ? List.of()
                : List.of(
                        new Offer("set-" + field, Risk.MEDIUM, List.of(), List.of(culprit.container() + "." + field)));
    }

    @Override
    public Optional<String> mayOffer(String cause) {
        return Optional.ofNullable(FIELDS.get(cause))
                .map(field -> "set the container's " + field + " to a value that a human gives (MEDIUM)");
    }
}
