package io.k8sincident.activities.diagnosis.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * One revision of a workload: the ReplicaSet or ControllerRevision that holds its pod template.
 *
 * @param number as the cluster counts; it changes with a roll-back, so it identifies nothing
 * @param template the pod template
 * @param current whether it is the one that the workload wants now
 * @param pods of this revision that were read
 */
public record RevisionView(Resource holder, long number, Fields template, boolean current, List<PodView> pods) {
    private static final String HASH = "pod-template-hash";

    public RevisionView {
        pods = List.copyOf(pods);
    }

    /** {@code sha256:} of the canonical template without the label that the Deployment controller adds. */
    public String templateDigest() {
        JsonNode copy = template.json().deepCopy();
        if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return Digest.ofCanonical(copy);
    }

    /** A pod of this revision that is ready now: proof that it works. */
    public Optional<PodView> readyPod() {
        return pods.stream().filter(pod -> pod.ready() && !pod.terminating()).findFirst();
    }

    /** The container of this name in the template. */
    public Optional<Fields> container(String name) {
        return java.util.stream.Stream.of("containers", "initContainers")
                .flatMap(list -> template.list("spec", list).stream())
                .filter(container -> container.text("name").equals(name))
                .findFirst();
    }

    /** A fact about this revision. */
    public Fact fact() {
        String proof = readyPod()
                .map(pod -> "its pod " + pod.name() + " is ready")
                .orElse(pods.isEmpty() ? "it has no pods" : "none of its " + pods.size() + " pods is ready");
        return new Fact(
                holder.kindName() + " spec.template",
                "revision " + number + (current ? " (current)" : "") + ": " + proof,
                template.toString());
    }
}
