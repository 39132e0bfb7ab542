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
                .filter(trouble -> trouble.container() != null)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        String ended = container.ended().map(Termination::message).orElse("");
        boolean mounting = ended.contains("/volume-subpaths/") && ended.contains("error mounting");
        boolean preparing = container.waitingMessage().contains("subPath")
                || container.waitingMessage().contains("/volume-subpaths/");
        if (!mounting && !preparing) {
            return Optional.empty();
        }
        Fact said = mounting ? Ends.end(trouble) : container.waitingFact();
        String subPath = container.spec().list("volumeMounts").stream()
                .filter(mount -> mount.has("subPath") || mount.has("subPathExpr"))
                .filter(mount -> said.summary().contains(mount.text("mountPath")) || preparing)
                .map((Fields mount) -> mount.text("name") + " " + mount.text("subPath") + mount.text("subPathExpr"))
                .findFirst()
                .orElse("");
        return Finding.of("volume-subpath-failed", List.of(trouble))
                .culprit(Culprits.field(workload, container, "volumeMounts.subPath", subPath))
                .claim("container " + container.name() + " cannot start: a subPath cannot be mounted", said)
                .claim("it is set here", container.specFact("volumeMounts", "subPath " + subPath))
                .not("bad-command", "the runtime failed at a mount, before the command", said)
                .found();
    }
}
