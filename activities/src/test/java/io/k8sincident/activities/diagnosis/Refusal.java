package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A part of a snapshot that somebody with fewer rights, or somebody who comes later, does not get. */
record Refusal(String name, UnaryOperator<Snapshot> without) {
    private static final String FORBIDDEN = "403 Forbidden: not allowed to list";

    /** No object of this kind may be listed: none is there, and the gap says so. */
    static Refusal of(String kind) {
        return new Refusal(
                "no " + kind,
                snapshot -> with(
                        snapshot,
                        object -> !object.kind().equals(kind),
                        snapshot.logs(),
                        Optional.of(new Gap(kind, kind, FORBIDDEN, "kubectl get " + kind))));
    }

    /** No log of these may be read: each says so in place of its text. */
    static Refusal ofLogs(String name, Predicate<ContainerLog> refused) {
        return new Refusal(name, snapshot -> {
            List<ContainerLog> logs = snapshot.logs().stream()
                    .map(log -> refused.test(log) ? refused(log) : log)
                    .toList();
            return with(snapshot, object -> true, logs, Optional.of(new Gap("Log", "logs", FORBIDDEN, "kubectl logs")));
        });
    }

    /** The events that are older than this are no longer kept; nothing tells that there were any. */
    static Refusal ofEventsBefore(Duration age) {
        return new Refusal("events of the last " + age, snapshot -> {
            Instant oldest = snapshot.takenAt().minus(age);
            return with(
                    snapshot,
                    object -> !object.kind().equals("Event") || happened(object).isAfter(oldest),
                    snapshot.logs(),
                    Optional.empty());
        });
    }

    private static Instant happened(Resource event) {
        return Stream.of("lastTimestamp", "eventTime", "firstTimestamp")
                .flatMap(field -> event.fields().time(field).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static ContainerLog refused(ContainerLog log) {
        return new ContainerLog(log.namespace(), log.pod(), log.container(), log.previous(), "", FORBIDDEN);
    }

    private static Snapshot with(
            Snapshot snapshot, Predicate<Resource> kept, List<ContainerLog> logs, Optional<Gap> gap) {
        return new Snapshot(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.objects().stream().filter(kept).toList(),
                logs,
                Stream.concat(snapshot.gaps().stream(), gap.stream()).toList(),
                snapshot.seenReady(),
                snapshot.partial());
    }

    @Override
    public String toString() {
        return name;
    }
}
