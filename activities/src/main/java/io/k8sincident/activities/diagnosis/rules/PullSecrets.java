package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;

/** What is wrong with the pull secrets of a pod, those of its ServiceAccount included: admission copies them into the pod. */
final class PullSecrets {
    private PullSecrets() {}

    /** There are none, or one does not exist, or the only one does not suffice; else the image. */
    static Culprit culprit(WorkloadView workload, ContainerView container) {
        List<String> names = container.pod().resource().fields().list("spec", "imagePullSecrets").stream()
                .map(secret -> secret.text("name"))
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            return Culprits.template(workload, "spec.imagePullSecrets", Culprits.NOT_SET);
        }
        return names.stream()
                .filter(name -> missing(workload, container, name))
                .findFirst()
                .map(name -> Culprits.missing("Secret", name))
                .orElseGet(() -> names.size() == 1
                        ? Culprits.object("Secret", names.get(0), null, null)
                        : Culprits.field(
                                workload, container, "image", container.spec().text("image")));
    }

    private static boolean missing(WorkloadView workload, ContainerView container, String name) {
        return workload.cluster().absent("Secret", workload.namespace(), name)
                || (workload.cluster()
                                .find("Secret", workload.namespace(), name)
                                .isEmpty()
                        && container.pod().events().stream().anyMatch(event -> notRetrieved(event, name)));
    }

    /** "Unable to retrieve some image pull secrets (a, b)", kubelet 1.27 to 1.36. */
    private static boolean notRetrieved(EventView event, String name) {
        String message = event.message();
        return event.is("FailedToRetrieveImagePullSecret")
                && (message.contains("(" + name + ")")
                        || message.contains("(" + name + ",")
                        || message.contains(" " + name + ",")
                        || message.contains(" " + name + ")"));
    }
}
