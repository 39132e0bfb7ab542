package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which nodes a pod's own selector and required affinity leave, and which taints keep it off a node; as the scheduler decides
 * (core/v1 NodeSelectorRequirement and Toleration).
 */
public final class NodeFit {
    /** The taint of a cordoned node. */
    public static final String CORDON = "node.kubernetes.io/unschedulable";

    private static final Set<String> KEEP_OFF = Set.of("NoSchedule", "NoExecute");

    private NodeFit() {}

    /** The nodes that its nodeSelector and its required node affinity allow. */
    public static List<Resource> selected(PodView pod) {
        return pod.cluster().all("Node").stream()
                .filter(node -> bySelector(pod, node) && byAffinity(pod, node))
                .toList();
    }

    /** Whether the pod's nodeSelector allows this node. */
    public static boolean bySelector(PodView pod, Resource node) {
        Fields selector = pod.resource().fields().child("spec", "nodeSelector");
        return selector.names().stream()
                .allMatch(key -> node.fields().has("metadata", "labels", key)
                        && node.label(key).equals(selector.text(key)));
    }

    /** Whether the pod's required node affinity allows this node. */
    public static boolean byAffinity(PodView pod, Resource node) {
        Fields required = pod.resource()
                .fields()
                .child("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return !required.present()
                || required.list("nodeSelectorTerms").stream().anyMatch(term -> allows(term, node));
    }

    /** Whether the volumes that the pod's claims are bound to can be used from this node; true as far as it is not known. */
    public static boolean byVolumes(PodView pod, Resource node) {
        ClusterView cluster = pod.cluster();
        return pod.resource().fields().list("spec", "volumes").stream()
                .map(volume -> volume.text("persistentVolumeClaim", "claimName"))
                .flatMap(claim ->
                        cluster.find("PersistentVolumeClaim", pod.resource().namespace(), claim).stream())
                .flatMap(claim ->
                        cluster.find("PersistentVolume", "", claim.fields().text("spec", "volumeName")).stream())
                .map(volume -> volume.fields().child("spec", "nodeAffinity", "required"))
                .filter(Fields::present)
                .allMatch(
                        required -> required.list("nodeSelectorTerms").stream().anyMatch(term -> allows(term, node)));
    }

    private static boolean allows(Fields term, Resource node) {
        List<Fields> labels = term.list("matchExpressions");
        List<Fields> fields = term.list("matchFields");
        return !(labels.isEmpty() && fields.isEmpty())
                && labels.stream()
                        .allMatch(wanted -> allows(
                                wanted,
                                node.fields().has("metadata", "labels", wanted.text("key")),
                                node.label(wanted.text("key"))))
                && fields.stream().allMatch(wanted -> allows(wanted, true, node.name()));
    }

    private static boolean allows(Fields wanted, boolean present, String value) {
        List<String> values = wanted.texts("values");
        return switch (wanted.text("operator")) {
            case "In" -> present && values.contains(value);
            case "NotIn" -> !present || !values.contains(value);
            case "Exists" -> present;
            case "DoesNotExist" -> !present;
            case "Gt" -> present && compares(value, values) > 0;
            case "Lt" -> present && compares(value, values) < 0;
            default -> false;
        };
    }

    private static int compares(String value, List<String> values) {
        OptionalLong mine = number(value);
        OptionalLong other = number(values.isEmpty() ? "" : values.get(0));
        return mine.isPresent() && other.isPresent() ? Long.compare(mine.getAsLong(), other.getAsLong()) : 0;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The taints of a node that keep this pod off it. */
    public static List<Fields> taints(PodView pod, Resource node) {
        List<Fields> tolerations = pod.resource().fields().list("spec", "tolerations");
        return node.fields().list("spec", "taints").stream()
                .filter(taint -> KEEP_OFF.contains(taint.text("effect")))
                .filter(taint -> tolerations.stream().noneMatch(toleration -> tolerates(toleration, taint)))
                .toList();
    }

    private static boolean tolerates(Fields toleration, Fields taint) {
        boolean effect =
                toleration.text("effect").isEmpty() || toleration.text("effect").equals(taint.text("effect"));
        boolean key = toleration.text("key").isEmpty() || toleration.text("key").equals(taint.text("key"));
        boolean exists = toleration.text("operator").equals("Exists");
        return effect
                && (exists
                        ? key
                        : toleration.text("key").equals(taint.text("key"))
                                && toleration.text("value").equals(taint.text("value")));
    }
}
