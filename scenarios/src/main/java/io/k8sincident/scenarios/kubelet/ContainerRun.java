package io.k8sincident.scenarios.kubelet;

import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.server.LogLine;
import io.k8sincident.scenarios.shell.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One run of a container's process, from its start to its end. Guarded by its worker. */
final class ContainerRun {
    private final String id;
    private final Timeline timeline;
    private final double startedAt;
    private final Instant startedWall = Instant.now();
    private final List<LogLine> requests = new ArrayList<>();
    private double endedAt = Double.MAX_VALUE;

    ContainerRun(Timeline timeline, double startedAt) {
        this.id = newId();
        this.timeline = timeline;
        this.startedAt = startedAt;
    }

    static String newId() {
        String hex = UUID.randomUUID().toString() + UUID.randomUUID();
        return "containerd://" + hex.replace("-", "");
    }

    String id() {
        return id;
    }

    Instant startedWall() {
        return startedWall;
    }

    double age(double now) {
        return Math.min(now, endedAt) - startedAt;
    }

    Timeline timeline() {
        return timeline;
    }

    /** The end that the process has come to by itself, if it has. */
    Optional<Timeline.End> ended(double now) {
        return timeline.end().filter(end -> end.at() <= age(now));
    }

    void stopped(double now) {
        endedAt = now;
    }

    /** A web server that logs its requests logs this one. */
    void logRequest(int status) {
        if (timeline.listener().map(Timeline.Listener::verbose).orElse(false) && requests.size() < 2_000) {
            int port = 32_768 + requests.size() * 7 % 28_000;
            requests.add(new LogLine(Instant.now(), "[::ffff:10.244.0.1]:" + port + ": response:" + status));
        }
    }

    List<LogLine> log(double now, SimulatedTime time) {
        List<LogLine> lines = new ArrayList<>();
        for (Timeline.Line line : timeline.lines()) {
            if (line.at() <= age(now)) {
                lines.add(new LogLine(startedWall.plus(time.wall(line.at())), line.text()));
            }
        }
        lines.addAll(requests);
        lines.sort(Comparator.comparing(LogLine::time));
        return lines;
    }
}
