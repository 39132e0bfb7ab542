package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kubelet evicted a pod of the workload; its message says over what (kubelet 1.19 to 1.36). */
final class Evicted implements Rule {
    private static final Pattern LOW = Pattern.compile(
            "low on resource: (\\S+?)[.,\\s]|low on resource: (\\S+)$|" + "node had condition: \\[([A-Za-z]+)");
    private static final Pattern VOLUME =
            Pattern.compile("Usage of EmptyDir volume \"([^\"]+)\" exceeds the limit \"([^\"]+)\"");
    private static final Pattern CONTAINER =
            Pattern.compile("Container (\\S+) exceeded its local ephemeral storage limit \"([^\"]+)\"");
    private static final Pattern POD = Pattern.compile(
            "(?:Pod ephemeral local storage usage exceeds the total limit of containers|pod ephemeral local storage usage"
                    + " exceeds the total limit of containers) (\\S+?)\\.?(?:\\s|$)");
    private static final Map<String, String> CAUSES = Map.of(
            "memory", "node-memory-pressure",
            "MemoryPressure", "node-memory-pressure",
            "ephemeral-storage", "node-disk-pressure",
            "inodes", "node-disk-pressure",
            "DiskPressure", "node-disk-pressure",
            "pids", "node-pid-pressure",
            "PIDPressure", "node-pid-pressure");
    private static final Map<String, String> CONDITIONS = Map.of(
            "node-memory-pressure", "MemoryPressure",
            "node-disk-pressure", "DiskPressure",
            "node-pid-pressure", "PIDPressure");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.EVICTED).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        String message = troubles.get(0).fact().summary();
        return ofTheNode(troubles, message)
                .or(() -> ownLimit(workload, Scheduling.pod(troubles.get(0)), message)
                        .map(culprit -> Finding.of("evicted-ephemeral-storage", troubles)
                                .culprit(culprit)))
                .flatMap(draft -> draft.claim(
                                "the kubelet evicted a pod and says over what",
                                troubles.get(0).fact())
                        .not(
                                "oom-limit",
                                "the kubelet evicted the pod; the kernel killed nothing",
                                troubles.get(0).fact())
                        .found());
    }

    private static Optional<Finding.Draft> ofTheNode(List<Trouble> troubles, String message) {
        Matcher low = LOW.matcher(message);
        if (!low.find()) {
            return Optional.empty();
        }
        String resource = low.group(1) != null ? low.group(1) : low.group(2) != null ? low.group(2) : low.group(3);
        PodView pod = Scheduling.pod(troubles.get(0));
        String node = pod.resource().fields().text("spec", "nodeName");
        return Optional.ofNullable(CAUSES.get(resource))
                .map(cause -> Finding.of(cause, troubles)
                        .culprit(pod.cluster()
                                .find("Node", "", node)
                                .map(found -> Culprits.condition(found, CONDITIONS.getOrDefault(cause, "")))
                                .orElseGet(() -> Culprits.object(
                                        "Node", node, "status.conditions[" + CONDITIONS.get(cause) + "]", null)))
                        .commonTo(new Target("v1", "Node", null, node, null)));
    }

    private static Optional<Culprit> ownLimit(WorkloadView workload, PodView evicted, String message) {
        Matcher volume = VOLUME.matcher(message);
        if (volume.find()) {
            return Optional.of(Culprits.template(
                    workload, "spec.volumes[" + volume.group(1) + "].emptyDir.sizeLimit", volume.group(2)));
        }
        Matcher container = CONTAINER.matcher(message);
        if (container.find()) {
            return Optional.of(ofContainer(workload, container.group(1), container.group(2)));
        }
        Matcher pod = POD.matcher(message);
        return pod.find() ? Optional.of(ofPod(workload, evicted, pod.group(1))) : Optional.empty();
    }

    private static Culprit ofContainer(WorkloadView workload, String container, String limit) {
        return new Culprit(
                workload.kind(), workload.resource().name(), container, "resources.limits.ephemeral-storage", limit);
    }

    /** The limit of a pod is the sum of its containers' (kubelet 1.19 to 1.36): that of the only one that has a limit. */
    private static Culprit ofPod(WorkloadView workload, PodView evicted, String limit) {
        List<ContainerView> limited = evicted.containers().stream()
                .filter(container -> container.spec().has("resources", "limits", "ephemeral-storage"))
                .toList();
        return limited.size() == 1
                ? ofContainer(workload, limited.get(0).name(), limit)
                : Culprits.template(workload, "spec.containers.resources.limits.ephemeral-storage", limit);
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "evicted-ephemeral-storage",
                Family.NODE,
                "The kubelet evicted a pod since it wrote more to local disk than its own limits allow.",
                "the evicted pod's message names an emptyDir volume, a container or the pod with the limit (1.19 to 1.36)",
                "a message about the node (node-disk-pressure); an eviction that a pod which runs now has outlived"));
    }
}
