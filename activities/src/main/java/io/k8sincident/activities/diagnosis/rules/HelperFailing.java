package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An init container ends with an error, or a native sidecar ends at all, so that what comes after it never starts. As with
 * an application, that it ended is the symptom: it must have said why, or a former revision must be ready.
 */
final class HelperFailing implements Rule {
    private final ContainerRole role;
    private final String cause;
    private final Set<Ending> endings;

    private HelperFailing(ContainerRole role, String cause, Set<Ending> endings) {
        this.role = role;
        this.cause = cause;
        this.endings = endings;
    }

    static HelperFailing init() {
        return new HelperFailing(
                ContainerRole.INIT, "init-container-failing", Set.of(Ending.EXIT, Ending.FAULT_SIGNAL));
    }

    static HelperFailing sidecar() {
        return new HelperFailing(
                ContainerRole.SIDECAR, "native-sidecar-failing", Set.of(Ending.EXIT, Ending.FAULT_SIGNAL));
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.sameContainer(workload.troubles(Trouble.Kind.ENDED)
                .filter(trouble -> Ends.container(trouble).role() == role)
                .filter(trouble -> endings.contains(Ending.of(Ends.container(trouble))))
                .toList());
        return troubles.isEmpty() ? Optional.empty() : examine(workload, troubles);
    }

    @Override
    public List<Cause> causes() {
        String proof = "That it ended with an error or a fault signal, and an error at the end of its log or in its"
                + " termination message; or, as likely, a former revision that is ready.";
        String others = "OOMKilled; a command that is not there; a kill by a probe of its own.";
        return role == ContainerRole.INIT
                ? List.of(new Cause(
                        cause,
                        Cause.Family.INIT,
                        "An init container ends with an error, so that the application is never started.",
                        proof,
                        others))
                : List.of(new Cause(
                        cause,
                        Cause.Family.INIT,
                        "A native sidecar (an init container with restartPolicy Always) fails, so that what comes after it"
                                + " never starts.",
                        proof + " Also the kubelet's Killing event about its startup or liveness probe.",
                        others));
    }

    private Optional<Finding> examine(WorkloadView workload, List<Trouble> troubles) {
        ContainerView container = Ends.container(troubles.get(0));
        Optional<Fact> said = LastWords.of(container)
                .filter(LastWords::stateAnError)
                .map(LastWords::fact)
                .or(() -> container
                        .ended()
                        .filter(end -> !end.message().isBlank())
                        .flatMap(end -> container.endFact()));
        Optional<Fact> former = workload.readyFormerRevision().map(revision -> revision.fact());
        if (said.isEmpty() && former.isEmpty()) {
            return Optional.empty();
        }
        Fact end = Ends.end(troubles.get(0));
        Finding.Draft draft = Finding.of(cause, troubles)
                .general()
                .culprit(Culprits.field(workload, container, null, null))
                .claim(
                        (role == ContainerRole.INIT ? "init container " : "sidecar ") + container.name()
                                + " ends with an error; what comes after it waits",
                        end);
        said.ifPresentOrElse(words -> draft.claim("it says why", words), draft::likely);
        former.ifPresent(fact -> draft.claim("a former revision is ready", fact));
        return draft.not("app-exit", "the application has not been started", end)
                .not("oom-limit", "the reason of its end is not OOMKilled", end)
                .found();
    }
}
