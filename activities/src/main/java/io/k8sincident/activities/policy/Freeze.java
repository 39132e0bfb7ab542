package io.k8sincident.activities.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A time in which nothing is changed. Immutable.
 *
 * @param zone the time zone in which it is written
 * @param times it holds in each of them
 * @param namespaces in which it holds; empty, because the policy names none, for all
 * @param place where it stands
 */
public record Freeze(String name, ZoneId zone, List<Frozen> times, Set<String> namespaces, String place) {
    /** Copies. */
    public Freeze {
        times = List.copyOf(times);
        namespaces = Set.copyOf(namespaces);
    }

    /** The end of the freeze, exclusive, that holds in this namespace at this moment; the latest, if several do. */
    public Optional<Instant> endOf(String namespace, Instant at) {
        return namespaces.isEmpty() || namespaces.contains(namespace)
                ? times.stream().flatMap(time -> time.endOf(at, zone).stream()).max(Instant::compareTo)
                : Optional.empty();
    }
}
