package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One container of a pod: what its spec asks for and what its status says. */
public record ContainerView(PodView pod, ContainerRole role, Fields spec, Fields status) {
    private static final Set<String> NOT_STARTED_YET = Set.of("", "ContainerCreating", "PodInitializing");
    /** After this time without a failure the kubelet forgets a container's back-off (MaxContainerBackOff × 2). */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    public String name() {
        return spec.text("name");
    }

    public boolean ready() {
        return status.flag("ready");
    }

    public long restarts() {
        return status.number("restartCount").orElse(0);
    }

    public boolean running() {
        return status.has("state", "running");
    }

    public Optional<Instant> runningSince() {
        return status.time("state", "running", "startedAt");
    }

    /** Why it waits, such as {@code ImagePullBackOff}; empty if it does not wait. */
    public String waitingReason() {
        return status.text("state", "waiting", "reason");
    }

    public String waitingMessage() {
        return Message.of(status, "state", "waiting", "message");
    }

    /** Whether it waits for a reason that is a failure, not a stage of every start. */
    public boolean waitsInFailure() {
        return !NOT_STARTED_YET.contains(waitingReason());
    }

    /** Whether it waits for its start without any failure. */
    public boolean waitsForStart() {
        return status.has("state", "waiting") && !waitsInFailure();
    }

    /** How its newest run that is over ended: the current state if it is over, else the last one. */
    public Optional<Termination> ended() {
        return termination("state").or(() -> termination("lastState"));
    }

    /** Whether its current state is that it ended. */
    public boolean endedNow() {
        return termination("state").isPresent();
    }

    private Optional<Termination> termination(String state) {
        Fields terminated = status.child(state, "terminated");
        return terminated.present()
                ? Optional.of(new Termination(terminated, statusPath(state + ".terminated")))
                : Optional.empty();
    }

    /**
     * Whether it runs again and its earlier end no longer matters: it ran longer than the kubelet remembers, or it ended
     * with its node, or this was the only end and it has run much longer since than until then.
     */
    public boolean recovered(Instant now) {
        if (!running() || (!ready() && role != ContainerRole.INIT)) {
            return false;
        }
        Duration up = runningSince().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        if (up.compareTo(FORGOTTEN) >= 0) {
            return true;
        }
        Optional<Termination> end = ended();
        boolean withItsNode = end.map(Termination::reason)
                .filter(Set.of("Unknown", "ContainerStatusUnknown")::contains)
                .isPresent();
        Duration ran = end.flatMap(Termination::ran).orElse(Duration.ZERO);
        boolean once = restarts() <= 1;
        boolean longSince = up.compareTo(Duration.ofMinutes(1)) >= 0 && up.compareTo(ran.multipliedBy(5)) >= 0;
        return withItsNode || (once && (longSince || ran.compareTo(FORGOTTEN) >= 0));
    }

    /** The events about this container, newest first. */
    public List<EventView> events() {
        return pod.events().stream()
                .filter(event -> event.container().equals(name()))
                .toList();
    }

    /** The log of the run that {@link #ended()} tells of; of the current run if none is over. */
    public Optional<ContainerLog> logOfEnd() {
        Optional<ContainerLog> current = pod.log(name(), false);
        Optional<ContainerLog> previous = pod.log(name(), true);
        boolean endedBefore = running() && ended().isPresent();
        Optional<ContainerLog> wanted = endedBefore ? previous : current;
        return wanted.filter(log -> log.error() == null && !log.text().isBlank())
                .or(() -> endedBefore ? Optional.empty() : previous)
                .or(() -> wanted);
    }

    /** {@code status.containerStatuses[name=app].state}, for facts. */
    public String statusPath(String path) {
        return "status." + role.statusField() + "[name=" + name() + "]." + path;
    }

    /** {@code spec.containers[name=app].image}, for facts. */
    public String specPath(String path) {
        return "spec." + role.specField() + "[name=" + name() + "]." + path;
    }

    /** A fact about a field of its status. */
    public Fact statusFact(String path, String summary) {
        return new Fact(
                pod.resource().kindName() + " " + statusPath(path),
                summary,
                status.child(path.split("\\.")).toString());
    }

    /** A fact about a field of its spec. */
    public Fact specFact(String path, String summary) {
        return new Fact(
                pod.resource().kindName() + " " + specPath(path),
                summary,
                spec.child(path.split("\\.")).toString());
    }

    /** A fact about how its newest run ended. */
    public Optional<Fact> endFact() {
        return ended().map(end -> new Fact(
                pod.resource().kindName() + " " + end.path(),
                "container " + name() + " ended with " + end.describe() + ", " + restarts() + " restarts"
                        + (end.message().isBlank() ? "" : ": " + end.message()),
                end.fields().toString()));
    }

    /** A fact about why it waits. */
    public Fact waitingFact() {
        return statusFact(
                "state.waiting",
                "container " + name() + " waits: " + waitingReason()
                        + (waitingMessage().isEmpty() ? "" : ": " + waitingMessage()));
    }
}
