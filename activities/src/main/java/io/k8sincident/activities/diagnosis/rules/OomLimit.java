package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container is killed for memory and has a memory limit. Proof is the reason {@code OOMKilled}; the exit code is none: it
 * is 1 when a child process was killed. Without a limit of its own or
 * of its pod, the memory of the node was used up, which is another cause.
 */
final class OomLimit implements Rule {
    /** A limit so low that nothing starts: runc 1.1 to 1.3, of a container or of the sandbox of its pod. */
    private static final List<String> TOO_LOW_TO_START = List.of(
            "container init was OOM-killed (memory limit too low?)",
            "unable to set memory limit to",
            "limit of memory is too low");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> killed = Ends.of(workload, Set.of(Ending.OUT_OF_MEMORY));
        return killed.isEmpty() ? neverStarted(workload) : killed(workload, killed);
    }

    private static Optional<Finding> killed(WorkloadView workload, List<Trouble> troubles) {
        Trouble first = troubles.get(0);
        ContainerView container = Ends.container(first);
        Fact end = Ends.end(first);
        Optional<MemoryLimit> limit = MemoryLimit.of(workload, container);
        if (limit.isEmpty()) {
            return oomNode(troubles, container);
        }
        return Finding.of("oom-limit", troubles)
                .culprit(limit.get().culprit())
                .claim("container " + container.name() + " was killed for memory", end)
                .claim("its memory limit is " + limit.get().value(), limit.get().fact())
                .not("app-exit", "the kernel killed it; it did not end by itself", end)
                .not("liveness-probe-kill", "the reason of its end is OOMKilled", end)
                .not("oom-node", "there is a memory limit", limit.get().fact())
                .found();
    }

    private static Optional<Finding> oomNode(List<Trouble> troubles, ContainerView container) {
        Fact end = Ends.end(troubles.get(0));
        String node = container.pod().resource().fields().text("spec", "nodeName");
        Fact none = container.specFact("resources", "no memory limit, of the container or of its pod");
        return Finding.of("oom-node", troubles)
                .culprit(Culprits.object("Node", node, "status.allocatable.memory", null))
                .claim("container " + container.name() + " was killed for memory", end)
                .claim("it has no memory limit: the memory of node " + node + " was used up", none)
                .not("oom-limit", "there is no memory limit", none)
                .not("app-exit", "the kernel killed it; it did not end by itself", end)
                .found();
    }

    private static Optional<Finding> neverStarted(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_STARTED, Trouble.Kind.NOT_PREPARED)
                .map(trouble -> neverStarted(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> neverStarted(WorkloadView workload, Trouble trouble) {
        ContainerView own = trouble.container();
        String said = trouble.fact().summary() + (own == null ? "" : own.waitingMessage());
        PodView pod = trouble.pod();
        if (pod == null || TOO_LOW_TO_START.stream().noneMatch(said::contains)) {
            return Optional.empty();
        }
        return (own == null ? MemoryLimit.smallest(workload, pod) : MemoryLimit.of(workload, own))
                .flatMap(limit -> Finding.of("oom-limit", List.of(trouble))
                        .culprit(limit.culprit())
                        .claim("nothing can start: the memory limit is too low for it", trouble.fact())
                        .claim("the memory limit is " + limit.value(), limit.fact())
                        .not("bad-command", "the runtime failed before the command, for memory", trouble.fact())
                        .found());
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "oom-limit",
                        Cause.Family.RESOURCES,
                        "A container needs more memory than its limit, or its pod's, allows.",
                        "The reason OOMKilled and a memory limit; or the runtime's words that the limit is too low to start"
                                + " anything (runc 1.1 to 1.3).",
                        "Exit code 137 without the reason; no limit (oom-node)."),
                new Cause(
                        "oom-node",
                        Cause.Family.RESOURCES,
                        "A container without any memory limit was killed because the memory of its node was used up.",
                        "The reason OOMKilled, and no memory limit of the container or of its pod.",
                        "A memory limit (oom-limit)."));
    }
}
