package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.server.LogLine;
import io.k8sincident.scenarios.shell.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes one container through its life: image, configuration, start, run, probes, end, back-off, and again. */
final class ContainerWorker {
    /** Simulated seconds between a container's end and the kubelet's next look. */
    private static final double NEXT_LOOK = 1;
    /** Simulated seconds between two attempts at a container whose configuration is wrong. */
    private static final double RESYNC = 12;

    private final String name;
    private final SimulatedTime time;
    private final ContainerEvents events;
    private final Environment environment;
    private final ImagePuller puller;
    private final ContainerState state = new ContainerState();
    private final Probes probes;
    private final Backoff crashes = new Backoff();
    private Optional<ContainerRun> run = Optional.empty();
    private Optional<ContainerRun> previous = Optional.empty();
    private Optional<String> stopping = Optional.empty();
    private double stopAt;
    private double nextAt;
    private double restartAt;
    private double restartDelay;
    private int restarts;
    private boolean ready;
    private boolean started;

    ContainerWorker(
            ObjectNode container, SimulatedTime time, ContainerEvents events, Images images, Environment environment) {
        this.name = Json.text(container, "name");
        this.time = time;
        this.events = events;
        this.environment = environment;
        this.puller = new ImagePuller(images, events, state);
        this.probes = new Probes(container);
    }

    /** One look at the container. */
    void tick(ObjectNode pod, ObjectNode container, String podIp) {
        double now = time.seconds();
        if (state.isRunning()) {
            watch(pod, container, podIp, now);
        } else if (now < nextAt) {
            return;
        } else if (state.hasEnded()) {
            considerRestart(pod, container, now);
        } else {
            start(pod, container, now);
        }
    }

    private void considerRestart(ObjectNode pod, ObjectNode container, double now) {
        if (isDone(pod)) {
            return;
        }
        if (now < restartAt) {
            double delay = Math.max(10, restartDelay);
            state.wait(
                    "CrashLoopBackOff",
                    "back-off " + length(delay) + " restarting failed container=" + name + " pod=" + podId(pod));
            events.warning("BackOff", "Back-off restarting failed container " + name + " in pod " + podId(pod));
            nextAt = Math.min(restartAt, now + RESYNC);
            return;
        }
        start(pod, container, now);
    }

    private void start(ObjectNode pod, ObjectNode container, double now) {
        Optional<Image> image = puller.pull(container, now);
        if (image.isEmpty()) {
            nextAt = puller.nextAttempt();
            return;
        }
        try {
            Map<String, String> variables = environment.of(pod, container);
            Timeline timeline;
            try {
                timeline = Launch.start(container, image.get(), variables);
            } catch (Launch.StartError e) {
                events.normal("Created", "Created container: " + name);
                events.warning("Failed", "Error: " + e.getMessage());
                countRestart();
                replaceRun(new ContainerRun(nothing(), now));
                run.ifPresent(r -> r.stopped(now));
                end(128, "StartError", String.valueOf(e.getMessage()), Instant.EPOCH, now);
                state.wait("RunContainerError", String.valueOf(e.getMessage()));
                return;
            }
            events.normal("Created", "Created container: " + name);
            events.normal("Started", "Started container " + name);
            countRestart();
            replaceRun(new ContainerRun(timeline, now));
            state.run(Instant.now());
            probes.restart(now);
            watch(pod, container, "", now);
        } catch (Environment.Unresolved e) {
            state.wait("CreateContainerConfigError", String.valueOf(e.getMessage()));
            events.warning("Failed", "Error: " + e.getMessage());
            nextAt = now + RESYNC;
        }
    }

    private void watch(ObjectNode pod, ObjectNode container, String podIp, double now) {
        ContainerRun current = run.orElseThrow();
        Optional<Timeline.End> end = current.ended(now);
        if (end.isPresent()) {
            current.stopped(now);
            int code = end.get().exitCode();
            String reason = end.get().outOfMemory() ? "OOMKilled" : code == 0 ? "Completed" : "Error";
            end(code, reason, "", current.startedWall(), now);
            return;
        }
        if (stopping.isPresent()) {
            if (now >= stopAt) {
                current.stopped(now);
                boolean clean = current.timeline().stopsOnTerm();
                end(clean ? 0 : 137, clean ? "Completed" : "Error", "", current.startedWall(), now);
            }
            return;
        }
        if (podIp.isEmpty()) {
            return;
        }
        Probes.Outcome outcome = probes.run(
                current,
                container,
                podIp,
                now,
                (probe, why) -> events.warning("Unhealthy", probe + " probe failed: " + why));
        started = outcome.started();
        ready = outcome.ready();
        outcome.kill().ifPresent(probe -> {
            events.normal("Killing", "Container " + name + " failed " + probe + " probe, will be restarted");
            stop(pod, now);
        });
    }

    /** Asks the process to end: at once if it listens, else by force after the grace period. */
    void stop(ObjectNode pod, double now) {
        if (state.isRunning() && stopping.isEmpty()) {
            double grace = Json.at(pod, "metadata", "deletionGracePeriodSeconds")
                    .asDouble(Json.at(pod, "spec", "terminationGracePeriodSeconds")
                            .asDouble(30));
            stopping = Optional.of("TERM");
            stopAt = run.map(r -> r.timeline().stopsOnTerm()).orElse(true) ? now + 0.2 : now + grace;
        }
    }

    private void end(int code, String reason, String message, Instant startedAt, double now) {
        double ran = run.map(r -> r.age(now)).orElse(0.0);
        state.end(code, reason, message, startedAt, run.map(ContainerRun::id).orElse(""));
        restartDelay = crashes.afterRun(ran);
        restartAt = now + Math.max(NEXT_LOOK, restartDelay);
        nextAt = now + NEXT_LOOK;
        ready = false;
        started = false;
        stopping = Optional.empty();
    }

    private void countRestart() {
        if (state.hasEnded()) {
            restarts++;
        }
    }

    private void replaceRun(ContainerRun next) {
        previous = run;
        run = Optional.of(next);
    }

    String name() {
        return name;
    }

    boolean isReady() {
        return ready && state.isRunning();
    }

    boolean isRunning() {
        return state.isRunning();
    }

    boolean isWaitingFirstTime() {
        return !state.hasEnded() && !state.isRunning();
    }

    /** Ended, and not to be started again under the pod's restart policy. */
    boolean isDone(ObjectNode pod) {
        String policy = Json.text(pod, "spec", "restartPolicy");
        boolean again = policy.equals("Always") || (policy.equals("OnFailure") && state.exitCode() != 0);
        return !state.isRunning() && state.hasEnded() && !again;
    }

    boolean succeeded() {
        return state.hasEnded() && state.exitCode() == 0;
    }

    void waitForInit() {
        state.wait("PodInitializing", "");
    }

    ObjectNode status(ObjectNode container) {
        String image = Json.text(container, "image");
        boolean pulled = puller.hasPulled();
        ObjectNode status = Json.object().put("name", name);
        status.set("state", state.now());
        status.set("lastState", state.last());
        status.put("ready", isReady()).put("restartCount", restarts);
        status.put("image", pulled && run.isPresent() ? puller.fullName() : image);
        status.put("imageID", pulled && run.isPresent() ? puller.imageId() : "");
        run.ifPresent(current -> status.put("containerID", current.id()));
        status.put("started", started && state.isRunning());
        if (run.isPresent() && !container.path("resources").isEmpty()) {
            status.set("resources", container.path("resources"));
        }
        return status;
    }

    List<LogLine> log(boolean before) {
        Optional<ContainerRun> wanted = before && (state.isRunning() || state.isTerminated()) ? previous : run;
        return wanted.map(r -> r.log(time.seconds(), time)).orElse(List.of());
    }

    private static Timeline nothing() {
        return new Timeline(List.of(), List.of(), Optional.empty(), Optional.empty(), true);
    }

    private static String podId(ObjectNode pod) {
        return Meta.name(pod) + "_" + Meta.namespace(pod) + "(" + Meta.uid(pod) + ")";
    }

    private static String length(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + "s" : whole / 60 + "m" + whole % 60 + "s";
    }
}
