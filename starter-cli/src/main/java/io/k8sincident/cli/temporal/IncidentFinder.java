package io.k8sincident.cli.temporal;

import io.k8sincident.cli.output.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the incident that a person means: by its workflow id, by {@code TYPE/NAME} and namespace, or by a part of the id
 * that only one incident has. An open incident comes before closed ones, a newer run before older ones.
 */
public final class IncidentFinder {
    private static final int NAMED = 5;

    private final IncidentReader reader;
    private final IncidentListing listing;

    public IncidentFinder(TemporalConnection connection) {
        this.reader = new IncidentReader(connection);
        this.listing = new IncidentListing(connection);
    }

    /**
     * The incident.
     *
     * @param typed what was typed, {@code TYPE NAME} joined by a slash
     * @throws Problem if there is none, or more than one
     */
    public IncidentEntry find(String typed, @Nullable String namespace) {
        if (IncidentName.parse(typed).isPresent()) {
            return reader.newest(typed).orElseThrow(() -> none(typed, namespace));
        }
        Predicate<IncidentEntry> meant = entry -> means(entry, typed, namespace);
        List<IncidentEntry> open =
                newestRuns(listing.open().stream().filter(meant).toList());
        if (!open.isEmpty()) {
            return only(open, typed);
        }
        List<IncidentEntry> closed =
                newestRuns(listing.closed().stream().filter(meant).toList());
        if (closed.isEmpty()) {
            throw none(typed, namespace);
        }
        return only(closed, typed);
    }

    private static boolean means(IncidentEntry entry, String typed, @Nullable String namespace) {
        IncidentName name = entry.name();
        if (namespace != null && !name.namespace().equals(namespace)) {
            return false;
        }
        if (typed.contains("/")) {
            String kind =
                    ResourceType.kindOf(typed.substring(0, typed.indexOf('/'))).toLowerCase(Locale.ROOT);
            return name.typed().equals(kind + typed.substring(typed.indexOf('/')));
        }
        return entry.workflowId().contains(typed) || entry.runId().startsWith(typed);
    }

    private static List<IncidentEntry> newestRuns(List<IncidentEntry> newestFirst) {
        Map<String, IncidentEntry> byId = new LinkedHashMap<>();
        newestFirst.forEach(entry -> byId.putIfAbsent(entry.workflowId(), entry));
        return List.copyOf(byId.values());
    }

    private static IncidentEntry only(List<IncidentEntry> found, String typed) {
        if (found.size() == 1) {
            return found.get(0);
        }
        String names = String.join(
                ", ", found.stream().limit(NAMED).map(IncidentEntry::workflowId).toList());
        throw Problem.usage(
                "'" + typed + "' means " + found.size() + " incidents: " + names + (found.size() > NAMED ? ", …" : ""),
                "type one of the ids in full, or add -n NAMESPACE");
    }

    private static Problem none(String typed, @Nullable String namespace) {
        return Problem.error(
                "there is no incident '" + typed + "'" + (namespace == null ? "" : " in namespace " + namespace),
                "incident list --all");
    }
}
