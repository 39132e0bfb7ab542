package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** The kubelet refuses to start a container that must not run as root and would, or whose user it cannot tell. */
final class RunAsNonRoot implements Rule {
    private static final List<String> WORDS = List.of(
            "container has runAsNonRoot and image will run as root",
            "container's runAsUser breaks non-root policy",
            "container has runAsNonRoot and image has non-numeric user");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_STARTED)
                .filter(trouble ->
                        WORDS.stream().anyMatch(Ends.container(trouble).waitingMessage()::contains))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        return Finding.of("run-as-non-root-violation", troubles)
                .culprit(Culprits.field(workload, container, "securityContext.runAsNonRoot", "true"))
                .claim(
                        "container " + container.name() + " must not run as root, and its image would",
                        troubles.get(0).fact())
                .claim(
                        "it is of this image",
                        container.specFact("image", container.spec().text("image")))
                .not(
                        "missing-configmap",
                        "the configuration lacks nothing",
                        troubles.get(0).fact())
                .found();
    }
}
