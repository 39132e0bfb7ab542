package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/**
 * The sandbox of a pod cannot be made: the node's runtime does not know the handler of the RuntimeClass, or the network
 * plugin fails. The kubelet's FailedCreatePodSandBox events say which (wording of containerd 1.6 to 2.2, CRI-O and kubelet
 * 1.20 to 1.36).
 */
final class SandboxNotReady implements Rule {
    private static final Pattern HANDLER =
            Pattern.compile("no runtime for \"([^\"]+)\" is configured|failed to find runtime handler (\\S+)");
    private static final Pattern NETWORK = Pattern.compile("(?i)(failed to set ?up network for sandbox"
            + "|failed to setup network for sandbox|cni failed to set ?up pod|plugin type=\"[^\"]+\" failed \\(add\\)"
            + "|cni plugin not initialized|network plugin is not ready)");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_PREPARED)
                .flatMap(trouble -> Scheduling.pod(trouble).events().stream()
                        .filter(event -> event.is("FailedCreatePodSandBox"))
                        .map(event -> examine(workload, Scheduling.pod(trouble), event)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, PodView pod, EventView event) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_PREPARED).toList();
        Matcher handler = HANDLER.matcher(event.message());
        String runtimeClass = pod.resource().fields().text("spec", "runtimeClassName");
        if (handler.find() && !runtimeClass.isEmpty()) {
            String name = handler.group(1) == null ? handler.group(2) : handler.group(1);
            return Finding.of("runtime-handler-missing", troubles)
                    .culprit(Culprits.object("RuntimeClass", runtimeClass, "handler", name))
                    .claim("the node's container runtime has no handler " + name, event.fact())
                    .claim(
                            "the pod asks for it with its RuntimeClass",
                            Fact.field(pod.resource(), "spec.runtimeClassName", "runtimeClassName " + runtimeClass))
                    .not("missing-runtime-class", "the pod was admitted with it", event.fact())
                    .found();
        }
        if (!NETWORK.matcher(event.message()).find()) {
            return Optional.empty();
        }
        String node = pod.resource().fields().text("spec", "nodeName");
        return Finding.of("pod-network-failing", troubles)
                .culprit(Culprits.object("Node", node, "pod network", null))
                .claim("the network plugin of node " + node + " gives the pod no network", event.fact())
                .not("image-not-found", "the kubelet has not got as far as the image", event.fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        String proof =
                "FailedCreatePodSandBox while no container has started (containerd 1.6 to 2.2, CRI-O; kubelet 1.20 to"
                        + " 1.36): ";
        return List.of(
                new Cause(
                        "runtime-handler-missing",
                        Cause.Family.NODE,
                        "A RuntimeClass names a handler that the node's container runtime does not have.",
                        proof + "no runtime for HANDLER is configured; and the RuntimeClass in the pod's spec.",
                        "A RuntimeClass that does not exist: the pod is not admitted (missing-runtime-class)."),
                new Cause(
                        "pod-network-failing",
                        Cause.Family.NODE,
                        "The network plugin of the node gives the pod no network.",
                        proof + "failed to set up network, plugin failed (add), cni plugin not initialized.",
                        "Any other reason of the same event."));
    }
}
