package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
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
                .culprit(culprit(workload, container))
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

    /** The user that the spec sets where it is root, a demand that is new, else the image that says no other user. */
    private static Culprit culprit(WorkloadView workload, ContainerView container) {
        if (!container.waitingMessage().contains("runAsUser breaks non-root policy")) {
            // The same image ran before: then the demand is what is new.
            boolean demandIsNew = Changes.field(workload, container, List.of("image", "securityContext.runAsNonRoot"))
                    .filter(field -> !field.equals("image"))
                    .isPresent();
            if (demandIsNew) {
                return Culprits.field(workload, container, "securityContext.runAsNonRoot", "true");
            }
            return Culprits.field(workload, container, "image", container.spec().text("image"));
        }
        return container.spec().has("securityContext", "runAsUser")
                ? Culprits.field(workload, container, "securityContext.runAsUser", "0")
                : Culprits.template(workload, "spec.securityContext.runAsUser", "0");
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "run-as-non-root-violation",
                Cause.Family.SECURITY,
                "A container must not run as root, and its image or its runAsUser would make it.",
                "CreateContainerConfigError with one of the kubelet's three messages about it (releases 1.8 to 1.36).",
                "Any other message of the same reason."));
    }
}
