package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a container is to run is not there or cannot be executed: the runtime says so ({@code StartError},
 * {@code ContainerCannotRun}, {@code RunContainerError} with its message), or a shell does, with the exit codes that POSIX
 * gives to it: 127 not found, 126 not executable.
 */
final class BadCommand implements Rule {
    private static final Set<String> NOT_EXECUTABLE = Set.of(
            "executable file not found",
            "no such file or directory",
            "permission denied",
            "is a directory",
            "not a directory",
            "no command specified");
    private static final Set<String> NOT_OF_THE_COMMAND =
            Set.of("error mounting", "failed to mount", "cgroup", "namespace path", "exec format error", "sandbox");

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
        Optional<Fact> refusal = runtimeRefusal(container, trouble);
        if (refusal.isPresent()) {
            return draft(workload, container)
                    .claim("the runtime could not execute the command of container " + container.name(), refusal.get())
                    .claim("this is what it is to run", commandFact(container))
                    .not("app-exit", "the process never ran", refusal.get())
                    .not("image-not-found", "the image is on the node: the runtime tried to start it", refusal.get())
                    .found();
        }
        return Optional.of(container)
                .filter(ended -> Ending.of(ended) == Ending.EXIT)
                .filter(BadCommand::shellRefused)
                .flatMap(ended -> byShell(workload, trouble, ended));
    }

    private static Optional<Finding> byShell(WorkloadView workload, Trouble trouble, ContainerView container) {
        int code = container.ended().map(Termination::exitCode).orElse(0);
        Optional<LastWords> words = LastWords.of(container);
        if (words.filter(BadCommand::otherReason).isPresent()) {
            return Optional.empty();
        }
        Fact end = Ends.end(trouble);
        Finding.Draft draft = draft(workload, container)
                .claim(
                        "container " + container.name() + " ended with " + code + ": its shell "
                                + (code == 127 ? "did not find a command" : "could not execute a command"),
                        end)
                .claim("this is what it is to run", commandFact(container));
        words.ifPresentOrElse(said -> draft.claim("its log says which", said.fact()), draft::likely);
        return draft.not("oom-limit", "the reason of its end is not OOMKilled", end)
                .found();
    }

    private static Finding.Draft draft(WorkloadView workload, ContainerView container) {
        List<Trouble> same = workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_STARTED)
                .filter(trouble -> trouble.container() != null
                        && Ends.container(trouble).name().equals(container.name()))
                .toList();
        String field = container.spec().list("command").isEmpty()
                        && !container.spec().list("args").isEmpty()
                ? "args"
                : "command";
        return Finding.of("bad-command", same)
                .culprit(Culprits.field(
                        workload,
                        container,
                        field,
                        container.spec().child(field).toString()));
    }

    /** The runtime's words, from the end of the run or, before there is one, from why the container waits. */
    private static Optional<Fact> runtimeRefusal(ContainerView container, Trouble trouble) {
        if (Ending.of(container) == Ending.NOT_STARTED) {
            return Optional.of(Ends.end(trouble))
                    .filter(fact -> ofTheCommand(
                            container.ended().map(Termination::message).orElse("")));
        }
        boolean waits = Set.of("RunContainerError", "CreateContainerError").contains(container.waitingReason());
        return waits && ofTheCommand(container.waitingMessage())
                ? Optional.of(container.waitingFact())
                : Optional.empty();
    }

    private static boolean ofTheCommand(String message) {
        return NOT_EXECUTABLE.stream().anyMatch(message::contains)
                && NOT_OF_THE_COMMAND.stream().noneMatch(message::contains);
    }

    private static boolean shellRefused(ContainerView container) {
        int code = container.ended().map(Termination::exitCode).orElse(0);
        return code == 126 || code == 127;
    }

    /** The loader of shared libraries ends with 127, too. */
    private static boolean otherReason(LastWords words) {
        return words.lines().stream()
                .anyMatch(line -> line.contains("shared librar")
                        || line.contains("Error relocating")
                        || line.contains("exec format error"));
    }

    private static Fact commandFact(ContainerView container) {
        return container.specFact(
                "command",
                "command " + container.spec().child("command") + ", args "
                        + container.spec().child("args"));
    }
}
