package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The process ends by SIGSEGV or SIGBUS: exit code 139 or 135. Nobody but the kernel sends these for a memory fault. */
final class Segfault implements Rule {
    private static final int ABORT = 6;
    private static final Set<Integer> MEMORY_FAULTS = Set.of(7, 11);

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.FAULT_SIGNAL, Ending.EXIT)).stream()
                .filter(trouble -> Ends.container(trouble).role() != ContainerRole.INIT)
                .filter(trouble -> MEMORY_FAULTS.contains(signal(Ends.container(trouble)))
                        || reportedByItsRuntime(Ends.container(trouble)))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        var end = Ends.end(troubles.get(0));
        return Finding.of("segfault", troubles)
                .culprit(Culprits.field(
                        workload, container, "image", container.spec().text("image")))
                .claim("container " + container.name() + " ended by signal " + signal(container), end)
                .claim(
                        "it is of this image",
                        container.specFact("image", container.spec().text("image")))
                .not("app-exit", "it did not end by itself; the kernel ended it for a memory fault", end)
                .not("oom-limit", "the reason of its end is not OOMKilled", end)
                .found();
    }

    /** A JVM writes down the fault that it met and then aborts. */
    private static boolean reportedByItsRuntime(ContainerView container) {
        return signal(container) == ABORT
                && LastWords.of(container)
                        .map(words -> String.join("\n", words.lines()))
                        .filter(log -> log.contains("fatal error has been detected by the Java Runtime Environment"))
                        .filter(log -> log.contains("SIGSEGV") || log.contains("SIGBUS"))
                        .isPresent();
    }

    private static int signal(ContainerView container) {
        return container.ended().map(Termination::signal).orElse(0);
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "segfault",
                        Cause.Family.CRASH,
                        "The process ends by a memory fault (SIGSEGV, SIGBUS).",
                        "Exit code 139 or 135, or the signal in the status of the container; or an abort and the report of a JVM that met"
                                + " it.",
                        "Abort (134), which the process calls itself; Go's panic about SIGSEGV, which ends with 2 (app-exit)."));
    }
}
