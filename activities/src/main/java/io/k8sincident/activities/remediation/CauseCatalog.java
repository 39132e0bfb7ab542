package io.k8sincident.activities.remediation;

import io.k8sincident.activities.diagnosis.rules.Cause;
import io.k8sincident.activities.diagnosis.rules.Rule;
import io.k8sincident.activities.diagnosis.rules.Rules;
import io.k8sincident.activities.remediation.runbook.Runbooks;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every cause that a rule can name, as the rules describe it, with what the runbooks may offer about it. Immutable. */
public final class CauseCatalog {
    private static final Comparator<Entry> BY_FAMILY =
            Comparator.comparing(Entry::family).thenComparing(Entry::id);

    private final List<Entry> entries;

    private CauseCatalog(Collection<Entry> entries) {
        this.entries = entries.stream().sorted(BY_FAMILY).toList();
    }

    /** The causes of all rules. */
    public static CauseCatalog standard() {
        return of(Rules.all());
    }

    static CauseCatalog of(List<Rule> rules) {
        Map<String, Entry> entries = new TreeMap<>();
        rules.stream()
                .flatMap(rule -> rule.causes().stream())
                .forEach(cause -> entries.putIfAbsent(cause.id(), Entry.of(cause)));
        return new CauseCatalog(entries.values());
    }

    /**
     * One cause.
     *
     * @param family in lower case
     * @param offers what may be offered, in words; empty where nothing is safe without a human
     */
    public record Entry(
            String id, String family, String meaning, String proof, String ruledOutBy, List<String> offers) {
        public Entry {
            offers = List.copyOf(offers);
        }

        private static Entry of(Cause cause) {
            return new Entry(
                    cause.id(),
                    cause.family().name().toLowerCase(Locale.ROOT),
                    cause.meaning(),
                    cause.proof(),
                    cause.ruledOutBy(),
                    Runbooks.standard().mayOffer(cause.id()));
        }
    }

    /** By family, then by id. */
    public List<Entry> entries() {
        return entries;
    }

    public Optional<Entry> find(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** The ids that are most like this one, the most alike first; at most three. */
    public List<String> nearest(String id) {
        return entries.stream()
                .map(Entry::id)
                .sorted(Comparator.<String>comparingInt(known -> EditDistance.between(id, known))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }
}
