package io.k8sincident.activities.evidence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was read of a cluster for one question at one time: objects, logs, and what could not be read. Bounded, redacted,
 * immutable; its order does not depend on the order of reading. All ages are relative to {@code takenAt}.
 *
 * @param source where it came from: {@code context/namespace}, or the path of a recording
 * @param seenReady uid of each ReplicaSet of which an earlier snapshot of ours saw a ready pod, and when; Kubernetes
 *     keeps no record of it
 * @param partial the kinds of which only some objects were asked for, or none; a missing one may exist all the same
 */
public record Snapshot(
        String source,
        Instant takenAt,
        List<Resource> objects,
        List<ContainerLog> logs,
        List<Gap> gaps,
        Map<String, Instant> seenReady,
        Set<String> partial) {
    private static final Comparator<ContainerLog> LOG_ORDER = Comparator.comparing(ContainerLog::namespace)
            .thenComparing(ContainerLog::pod)
            .thenComparing(ContainerLog::container)
            .thenComparing(ContainerLog::previous);

    public Snapshot {
        objects = objects.stream().sorted(Resource.ORDER).toList();
        logs = logs.stream().sorted(LOG_ORDER).toList();
        gaps = gaps.stream().sorted(Comparator.comparing(Gap::what)).toList();
        seenReady = Collections.unmodifiableSortedMap(new TreeMap<>(seenReady));
        partial = Collections.unmodifiableSortedSet(new TreeSet<>(partial));
    }

    /** A snapshot of everything, of which nothing earlier is known. */
    public Snapshot(String source, Instant takenAt, List<Resource> objects, List<ContainerLog> logs, List<Gap> gaps) {
        this(source, takenAt, objects, logs, gaps, Map.of(), Set.of());
    }

    /** The same, with what earlier snapshots saw. */
    public Snapshot remembering(Map<String, Instant> ready) {
        return new Snapshot(source, takenAt, objects, logs, gaps, ready, partial);
    }

    /** The same, as a reading that asked for only some objects of these kinds. */
    public Snapshot ofSome(Set<String> kinds) {
        return new Snapshot(source, takenAt, objects, logs, gaps, seenReady, kinds);
    }

    /** All objects of a kind, in order. */
    public Stream<Resource> all(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    /** The object of this kind and name; the namespace is empty for cluster-scoped kinds. */
    public Optional<Resource> find(String kind, String namespace, String name) {
        return all(kind)
                .filter(object ->
                        object.namespace().equals(namespace) && object.name().equals(name))
                .findFirst();
    }

    /** The log of a container, if it was asked for; see {@link ContainerLog#error()}. */
    public Optional<ContainerLog> log(String namespace, String pod, String container, boolean previous) {
        return logs.stream()
                .filter(log -> log.namespace().equals(namespace)
                        && log.pod().equals(pod)
                        && log.container().equals(container)
                        && log.previous() == previous)
                .findFirst();
    }

    /** Whether all objects of a kind were read, so that one that is not here does not exist. */
    public boolean complete(String kind) {
        return !partial.contains(kind)
                && gaps.stream().noneMatch(gap -> gap.kind().equals(kind));
    }

    /** The namespaces of what was read, in order. */
    @JsonIgnore
    public List<String> namespaces() {
        return objects.stream()
                .map(Resource::namespace)
                .filter(namespace -> !namespace.isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.toSet(), set -> set.stream().sorted().toList()));
    }
}
