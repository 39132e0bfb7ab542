package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container is killed for memory and has a memory limit. Proof is the reason {@code OOMKilled}; the exit code is none: it
 * is 1 when a child process was killed. Without a limit of its own the memory of the node or of the pod was used up, which
 * is another cause.
 */
final class OomLimit implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.OUT_OF_MEMORY));
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble first = troubles.get(0);
        ContainerView container = Ends.container(first);
        String limit = container.spec().text("resources", "limits", "memory");
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        return Finding.of("oom-limit", troubles)
                .culprit(Culprits.field(workload, container, "resources.limits.memory", limit))
                .claim("container " + container.name() + " was killed for memory", Ends.end(first))
                .claim(
                        "its memory limit is " + limit,
                        container.specFact("resources.limits.memory", "memory limit " + limit))
                .not("app-exit", "the kernel killed it; it did not end by itself", Ends.end(first))
                .not("liveness-probe-kill", "the reason of its end is OOMKilled", Ends.end(first))
                .not(
                        "oom-node",
                        "the container has a memory limit of its own",
                        container.specFact("resources.limits.memory", "memory limit " + limit))
                .found();
    }
}
