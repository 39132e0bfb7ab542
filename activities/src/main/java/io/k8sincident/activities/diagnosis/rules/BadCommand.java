package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Locale;
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
    /** What the words of runc (1.0 to 1.3), crun and Docker have in common where it is the command that fails. */
    private static final Set<String> OF_THE_COMMAND =
            Set.of("exec: ", "executable", "exec container process", "no command specified", "to cwd", "mkdir ");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_STARTED)
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
                .filter(trouble -> Ends.container(trouble).name().equals(container.name()))
                .toList();
        return Finding.of("bad-command", same).culprit(culprit(workload, container));
    }

    private static Culprit culprit(WorkloadView workload, ContainerView container) {
        String said = container.ended().map(Termination::message).orElse("") + container.waitingMessage();
        String workingDir = container.spec().text("workingDir");
        if (!workingDir.isEmpty()
                && said.contains(workingDir)
                && (said.contains("to cwd") || said.contains("mkdir "))) {
            return Culprits.field(workload, container, "workingDir", workingDir);
        }
        String field = container.spec().list("command").isEmpty()
                ? container.spec().list("args").isEmpty() ? "image" : "args"
                : "command";
        return notExecutable(workload, container, said)
                .orElseGet(() -> Culprits.field(workload, container, field, Changes.value(container, field)));
    }

    /** The mode of the volume that a file without the right to be executed comes from. */
    private static Optional<Culprit> notExecutable(WorkloadView workload, ContainerView container, String said) {
        String text = said + "\n"
                + LastWords.of(container).map(words -> words.error()).orElse("");
        if (!text.toLowerCase(Locale.ROOT).contains("permission denied")) {
            return Optional.empty();
        }
        return Mounts.under(container, text)
                .flatMap(mount -> Mounts.volume(container, mount.text("name")))
                .flatMap(volume -> Mounts.modeWithoutExecution(volume)
                        .map(mode -> Culprits.template(
                                workload,
                                "spec.volumes[" + volume.text("name") + "]." + mode.source() + ".defaultMode",
                                mode.octal())));
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
        return OF_THE_COMMAND.stream().anyMatch(message::contains)
                && NOT_EXECUTABLE.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains)
                && NOT_OF_THE_COMMAND.stream().noneMatch(message::contains);
    }

    private static boolean shellRefused(ContainerView container) {
        int code = container.ended().map(Termination::exitCode).orElse(0);
        return code == 126 || code == 127;
    }

    /** The loader of shared libraries ends with 127, too. */
    private static boolean otherReason(LastWords words) {
        return !CannotBeExecuted.cause(words).isEmpty()
                || words.lines().stream()
                        .anyMatch(line -> line.contains("shared librar")
                                || line.contains("Error relocating")
                                || line.contains("bad interpreter")
                                || (line.startsWith("env: ") && !words.error().isEmpty())
                                || line.contains("exec format error"));
    }

    private static Fact commandFact(ContainerView container) {
        return container.specFact(
                "command",
                "command " + container.spec().child("command")
                        + (container.spec().has("args")
                                ? ", args " + container.spec().child("args")
                                : ""));
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "bad-command",
                Cause.Family.COMMAND,
                "What a container is to run is not there or may not be executed.",
                "StartError, ContainerCannotRun, RunContainerError or CreateContainerError with the runtime's words about"
                        + " the executable (runc 1.0 to 1.3, crun, Docker); or an end with 127 or 126, which a shell"
                        + " gives to a command that it does not find or may not execute.",
                "A mount, a control group or a security profile that the runtime fails at; the loader of shared"
                        + " libraries, or env in a script's first line, which end with 127 as well."));
    }
}
