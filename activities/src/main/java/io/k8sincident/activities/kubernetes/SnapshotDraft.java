package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A snapshot in the making. Filled by the thread that waits for the answers; not thread-safe. */
final class SnapshotDraft {
    private final Map<String, Resource> objects = new LinkedHashMap<>();
    private final List<ContainerLog> logs = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final EnumSet<ReadKind> whole = EnumSet.noneOf(ReadKind.class);

    void add(Resource object) {
        objects.putIfAbsent(object.kindName() + "@" + object.namespace(), object);
    }

    /** Puts a fuller reading of an object in place of one that had only its metadata. */
    void replace(Resource object) {
        objects.put(object.kindName() + "@" + object.namespace(), object);
    }

    void add(Listing listing) {
        listing.objects().forEach(this::add);
        gaps.addAll(listing.gaps());
        whole.addAll(listing.whole());
    }

    void add(LogReading reading) {
        logs.addAll(reading.logs());
        gaps.addAll(reading.gaps());
    }

    void add(Gap gap) {
        gaps.add(gap);
    }

    List<Resource> all(ReadKind kind) {
        return objects.values().stream()
                .filter(object -> object.kind().equals(kind.kind()))
                .toList();
    }

    List<Resource> objects() {
        return List.copyOf(objects.values());
    }

    Snapshot build(String source, Instant takenAt) {
        Set<String> partial =
                EnumSet.complementOf(whole).stream().map(ReadKind::kind).collect(Collectors.toSet());
        return new Snapshot(source, takenAt, List.copyOf(objects.values()), logs, gaps).ofSome(partial);
    }
}
