package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.NodeFit;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which field of a template keeps its pods off all nodes. */
final class PlacementCulprit {
    private PlacementCulprit() {}

    static Culprit of(WorkloadView workload, PodView pod, String cause) {
        return switch (cause) {
            case "host-port-conflict" -> hostPort(workload, pod);
            case "too-many-pods" -> tooManyPods(workload, pod);
            case "volume-node-affinity-conflict" -> claims(workload, pod, "spec.volumes");
            case "volume-single-pod" -> singlePod(workload, pod);
            case "topology-spread" -> field(workload, pod, "spec.topologySpreadConstraints");
            case "pod-anti-affinity" -> field(workload, pod, "spec.affinity.podAntiAffinity");
            case "pod-affinity-mismatch" -> field(workload, pod, "spec.affinity.podAffinity");
            case "untolerated-taint" -> Culprits.template(workload, "spec.tolerations", "none for " + untolerated(pod));
            case "node-selector-mismatch" -> Culprits.template(workload, "spec.nodeSelector", selector(pod));
            default -> Culprits.template(workload, "spec.affinity.nodeAffinity", affinity(pod));
        };
    }

    private static Culprit field(WorkloadView workload, PodView pod, String path) {
        return Culprits.template(
                workload, path, pod.resource().fields().child(path.split("\\.")).toString());
    }

    /** {@code pool=gpu}, one for each label. */
    private static String selector(PodView pod) {
        Fields selector = pod.resource().fields().child("spec", "nodeSelector");
        return selector.names().stream()
                .map(key -> key + "=" + selector.text(key))
                .collect(Collectors.joining(","));
    }

    /** {@code zone In [a, b]}, one for each requirement. */
    private static String affinity(PodView pod) {
        return pod
                .resource()
                .fields()
                .list(
                        "spec",
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms")
                .stream()
                .flatMap(term -> term.list("matchExpressions").stream())
                .map((Fields wanted) ->
                        wanted.text("key") + " " + wanted.text("operator") + " " + wanted.texts("values"))
                .collect(Collectors.joining(", "));
    }

    private static String untolerated(PodView pod) {
        List<String> taints = NodeFit.selected(pod).stream()
                .flatMap(node -> NodeFit.taints(pod, node).stream())
                .map(taint -> taint.text("key") + (taint.text("value").isEmpty() ? "" : "=" + taint.text("value")) + ":"
                        + taint.text("effect"))
                .distinct()
                .toList();
        return taints.isEmpty() ? "the taint of the nodes" : String.join(", ", taints);
    }

    /** The first host port that some other pod has, else the first of the pod. */
    private static Culprit hostPort(WorkloadView workload, PodView pod) {
        Optional<Culprit> culprit = pod.containers().stream()
                .flatMap(container -> container.spec().list("ports").stream()
                        .filter(port -> port.has("hostPort"))
                        .map(port -> Culprits.field(
                                workload, container, portPath(port) + ".hostPort", port.text("hostPort"))))
                .findFirst();
        return culprit.orElseGet(() -> Culprits.template(workload, "spec.hostNetwork", "true"));
    }

    private static String portPath(Fields port) {
        return "ports[" + (port.has("name") ? port.text("name") : port.text("containerPort")) + "]";
    }

    private static Culprit tooManyPods(WorkloadView workload, PodView pod) {
        return NodeFit.selected(pod).stream()
                .filter(node -> NodeFit.taints(pod, node).isEmpty())
                .findFirst()
                .map(node -> Culprits.object(
                        "Node",
                        node.name(),
                        "status.allocatable.pods",
                        node.fields().text("status", "allocatable", "pods")))
                .orElseGet(() -> Culprits.template(workload, "spec.replicas", null));
    }

    private static Culprit singlePod(WorkloadView workload, PodView pod) {
        return claimNames(pod).stream()
                .flatMap(name -> pod.cluster().find("PersistentVolumeClaim", workload.namespace(), name).stream())
                .filter(claim -> claim.fields().texts("spec", "accessModes").contains("ReadWriteOncePod"))
                .findFirst()
                .map(claim ->
                        Culprits.object("PersistentVolumeClaim", claim.name(), "spec.accessModes", "ReadWriteOncePod"))
                .orElseGet(() -> claims(workload, pod, "spec.volumes"));
    }

    private static Culprit claims(WorkloadView workload, PodView pod, String otherwise) {
        List<String> names = claimNames(pod);
        return names.size() == 1
                ? Culprits.object("PersistentVolumeClaim", names.get(0), "spec.volumeName", volume(pod, names.get(0)))
                : Culprits.template(workload, otherwise, String.join(", ", names));
    }

    private static String volume(PodView pod, String claim) {
        return pod.cluster()
                .find("PersistentVolumeClaim", pod.resource().namespace(), claim)
                .map(found -> found.fields().text("spec", "volumeName"))
                .orElse("");
    }

    static List<String> claimNames(PodView pod) {
        return pod.resource().fields().list("spec", "volumes").stream()
                .map(volume -> volume.has("ephemeral")
                        ? pod.name() + "-" + volume.text("name")
                        : volume.text("persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
