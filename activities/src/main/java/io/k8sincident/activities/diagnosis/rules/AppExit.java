package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application ends itself with an error. That it ended is only the symptom; the cause is claimed where the application
 * itself says why (the end of its log, or its termination message), or where a former revision of the same workload is
 * ready now and its container differs. A silent exit, a log that cannot be read, and a log that stops in the middle of
 * work prove nothing.
 */
final class AppExit implements Rule {
    private static final List<String> WHAT_RUNS =
            List.of("image", "command", "args", "env", "envFrom", "volumeMounts", "securityContext");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.EXIT)).stream()
                .filter(trouble -> Ends.container(trouble).role() == ContainerRole.MAIN)
                .filter(trouble -> !shellRefused(Ends.container(trouble)))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        Optional<Fact> said = said(container);
        Optional<RevisionView> former = workload.readyFormerRevision()
                .filter(revision -> logWasRead(container) && differs(revision, workload, container));
        if (said.isEmpty() && former.isEmpty()) {
            return Optional.empty();
        }
        return finding(workload, troubles, container, said, former);
    }

    private static Optional<Finding> finding(
            WorkloadView workload,
            List<Trouble> troubles,
            ContainerView container,
            Optional<Fact> said,
            Optional<RevisionView> former) {
        Fact end = Ends.end(troubles.get(0));
        Finding.Draft draft = Finding.of("app-exit", troubles)
                .general()
                .culprit(culprit(workload, container))
                .claim("container " + container.name() + " ended by itself with an error", end);
        said.ifPresentOrElse(words -> draft.claim("it says why", words), draft::likely);
        former.ifPresent(revision -> draft.claim(
                "a former revision with another container " + container.name() + " is ready", revision.fact()));
        return draft.not("oom-limit", "the reason of its end is not OOMKilled", end)
                .not("bad-command", "the process ran", end)
                .not("liveness-probe-kill", "no event says that the kubelet killed it", end)
                .found();
    }

    /** The variable that it lacks, else the one field in which it differs from an earlier revision, else the container. */
    private static Culprit culprit(WorkloadView workload, ContainerView container) {
        return UnsetVariable.of(container)
                .map(name -> Culprits.field(workload, container, "env[" + name + "]", Culprits.NOT_SET))
                .or(() -> Changes.field(workload, container, WHAT_RUNS)
                        .map(field -> Culprits.field(workload, container, field, Changes.value(container, field))))
                .orElseGet(() -> Culprits.field(workload, container, null, null));
    }

    private static Optional<Fact> said(ContainerView container) {
        return LastWords.of(container)
                .filter(LastWords::stateAnError)
                .map(LastWords::fact)
                .or(() -> container
                        .ended()
                        .filter(end -> !end.message().isBlank())
                        .flatMap(end -> container.endFact()));
    }

    /** A log that was refused or lost may hold the reason that another rule would have read. */
    private static boolean logWasRead(ContainerView container) {
        return container.logOfEnd().filter(log -> log.error() == null).isPresent();
    }

    private static boolean shellRefused(ContainerView container) {
        int code = container.ended().map(Termination::exitCode).orElse(0);
        return code == 126 || code == 127;
    }

    /** Whether what runs differs; what only surrounds it (probes, resources) would not make it exit. */
    private static boolean differs(RevisionView former, WorkloadView workload, ContainerView container) {
        Optional<Fields> before = former.container(container.name());
        Optional<Fields> now = workload.currentRevision().flatMap(current -> current.container(container.name()));
        return before.isPresent()
                && now.isPresent()
                && WHAT_RUNS.stream()
                        .anyMatch(field -> !before.get()
                                .child(field)
                                .json()
                                .equals(now.get().child(field).json()));
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "app-exit",
                        Cause.Family.CRASH,
                        "The application ends itself with an error that it names.",
                        "A main container that ended with a code other than 0 and no word of the kubelet about it, and an error at"
                                + " the end of its log or in its termination message; or, as likely, a former revision with"
                                + " another container that is ready, where the log was read and is silent.",
                        "OOMKilled; a Killing event of a probe or hook; exit codes 126 and 127; a signal; any rule that says why."));
    }
}
