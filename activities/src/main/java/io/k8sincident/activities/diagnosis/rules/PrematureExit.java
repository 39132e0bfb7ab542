package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A container that should run for ever ends with success. A process that stops gracefully when a probe kills it ends so,
 * too: so there must be no such probe or hook, or events of that very run that would show the kill.
 */
final class PrematureExit implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.COMPLETED)).stream()
                .filter(trouble -> Ends.container(trouble).role() == ContainerRole.MAIN)
                .filter(trouble -> killWouldShow(Ends.container(trouble)))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        Fact end = Ends.end(troubles.get(0));
        return Finding.of("premature-exit", troubles)
                .culprit(culprit(workload, container))
                .claim("container " + container.name() + " ended by itself with success", end)
                .claim(
                        "its pod restarts it whatever it ends with",
                        Fact.field(
                                container.pod().resource(),
                                "spec.restartPolicy",
                                "restartPolicy " + container.pod().restartPolicy()))
                .not("liveness-probe-kill", "no event says that the kubelet killed it", end)
                .not("app-exit", "it ended with 0", end)
                .found();
    }

    private static boolean killWouldShow(ContainerView container) {
        boolean canBeKilled = container.spec().has("livenessProbe")
                || container.spec().has("startupProbe")
                || container.spec().has("lifecycle", "postStart");
        Instant started = container.ended().flatMap(Termination::started).orElse(Instant.MAX);
        return !canBeKilled
                || (container.events().stream().noneMatch(PrematureExit::ofAKill)
                        && container.events().stream().anyMatch(event -> tellsOf(event, started)));
    }

    /** An event of the newest run, or one from the first run on: the first kill would have been told as well. */
    private static boolean tellsOf(EventView event, Instant started) {
        boolean fromTheFirstRun = event.is("Started") && event.count() > 1;
        return fromTheFirstRun || !event.last().orElse(Instant.MIN).isBefore(started);
    }

    private static boolean ofAKill(EventView event) {
        return event.is("Killing")
                || event.is("FailedPostStartHook")
                || event.says("Unhealthy", "Liveness probe")
                || event.says("Unhealthy", "Startup probe");
    }

    /** The command or arguments that end, or the image where its own entrypoint does. */
    private static Culprit culprit(WorkloadView workload, ContainerView container) {
        return Stream.of("command", "args")
                .filter(field -> !container.spec().list(field).isEmpty())
                .findFirst()
                .map(field -> Culprits.field(
                        workload,
                        container,
                        field,
                        container.spec().child(field).toString()))
                .orElseGet(() -> Culprits.field(
                        workload, container, "image", container.spec().text("image")));
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "premature-exit",
                Cause.Family.CRASH,
                "A container that should run for ever ends with success, and is started again each time.",
                "A main container that ended with 0 in a pod with restartPolicy Always, and no word of the kubelet that it"
                        + " killed it although such a word would be there.",
                "Killing or Unhealthy events of a probe or hook: a graceful stop ends with 0 as well."));
    }
}
