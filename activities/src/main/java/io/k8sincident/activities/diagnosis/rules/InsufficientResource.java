package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * No node has enough CPU or memory left for what the pod requests. Proof is the scheduler's count of nodes with
 * {@code Insufficient cpu} or {@code Insufficient memory}: such a node passed all checks before that of resources (taints,
 * affinity, ports), so it is the one that could take the pod.
 */
final class InsufficientResource implements Rule {
    private final String resource;
    private final String other;

    InsufficientResource(String resource, String other) {
        this.resource = resource;
        this.other = other;
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> lacks(Scheduling.reasons(trouble)))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        PodView pod = Scheduling.pod(troubles.get(0));
        Fact said = troubles.get(0).fact();
        Fields container = largest(pod);
        String request = container.text("resources", "requests", resource);
        String path = "spec.containers[name=" + container.text("name") + "].resources.requests." + resource;
        Finding.Draft draft = Finding.of("insufficient-" + resource, troubles)
                .culprit(new Culprit(
                        workload.kind(),
                        workload.resource().name(),
                        container.text("name"),
                        "resources.requests." + resource,
                        request))
                .claim("no node has enough " + resource + " for the pod", said)
                .claim(
                        "it requests " + request,
                        new Fact(
                                pod.resource().kindName() + " " + path,
                                "requests " + request + " " + resource,
                                request));
        Scheduling.largestNode(workload.cluster(), resource)
                .ifPresent(node -> draft.claim("the largest node has less to give or has given it away", node));
        return draft.not("image-not-found", "the pod is on no node yet", said)
                .not(
                        "node-selector-mismatch",
                        "the nodes counted passed the check of selector and affinity, which comes before resources",
                        said)
                .found();
    }

    /** Where a node lacks both, the one that more nodes lack is meant; with equal counts CPU, since it is listed first. */
    private boolean lacks(SchedulerReasons reasons) {
        int mine = reasons.count("Insufficient " + resource);
        int others = reasons.count("Insufficient " + other);
        return mine > 0 && (mine > others || (mine == others && resource.equals("cpu")));
    }

    private Fields largest(PodView pod) {
        return pod.resource().fields().list("spec", "containers").stream()
                .max(Comparator.comparingDouble(
                        container -> Quantity.of(container.text("resources", "requests", resource))
                                .orElse(0)))
                .orElse(pod.resource().fields().child("no such field"));
    }
}
