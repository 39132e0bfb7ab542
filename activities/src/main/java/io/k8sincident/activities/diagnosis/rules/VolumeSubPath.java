package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.util.List;
import java.util.Optional;

/**
 * A container cannot start since the subPath of a volume mount does not fit: the kubelet cannot prepare it, or the runtime
 * cannot mount it (a directory that the kubelet made where a file is expected). Both name the subpath in their message.
 */
final class VolumeSubPath implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_STARTED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        String ended = container.ended().map(Termination::message).orElse("");
        boolean mounting = ended.contains("/volume-subpaths/") && ended.contains("error mounting");
        boolean unresolved = container.waitingMessage().startsWith("missing value for ")
                && container.spec().list("volumeMounts").stream().anyMatch(mount -> mount.has("subPathExpr"));
        boolean preparing = unresolved
                || container.waitingMessage().contains("subPath")
                || container.waitingMessage().contains("/volume-subpaths/");
        if (!mounting && !preparing) {
            return Optional.empty();
        }
        Fact said = mounting ? Ends.end(trouble) : container.waitingFact();
        Fields mount = container.spec().list("volumeMounts").stream()
                .filter(one -> one.has(unresolved ? "subPathExpr" : "subPath") || one.has("subPathExpr"))
                .filter(one -> said.summary().contains(one.text("mountPath")) || preparing)
                .findFirst()
                .orElse(container.spec().child("no such field"));
        String kind = mount.has("subPathExpr") ? "subPathExpr" : "subPath";
        String subPath = mount.text(kind);
        return Finding.of("volume-subpath-failed", List.of(trouble))
                .culprit(Culprits.field(
                        workload, container, "volumeMounts[" + mount.text("mountPath") + "]." + kind, subPath))
                .claim("container " + container.name() + " cannot start: a subPath cannot be mounted", said)
                .claim("it is set here", container.specFact("volumeMounts", "subPath " + subPath))
                .not("bad-command", "the runtime failed at a mount, before the command", said)
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "volume-subpath-failed",
                Cause.Family.STORAGE,
                "The subPath or subPathExpr of a volume mount cannot be resolved or does not fit.",
                "StartError whose message names the kubelet's volume-subpaths directory (runc 1.0 to 1.3), or"
                        + " CreateContainerConfigError about a subPath or a variable of subPathExpr (kubelet 1.15 to 1.36).",
                "A runtime that fails at another mount, or at the command (bad-command)."));
    }
}
