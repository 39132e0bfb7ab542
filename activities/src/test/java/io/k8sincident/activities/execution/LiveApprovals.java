package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.StoreBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the API and holds each write that arrives against what people have said and done so far: the
 * contract in as few lines as possible, without any knowledge of how the system keeps it. Thread-safe.
 */
final class LiveApprovals implements ApiBackend {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** After a conflict that changes nothing that matters an approved write is sent anew. */
    private static final int MOST_SENDS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OURS = "fieldManager=" + ClusterWriter.FIELD_MANAGER;
    private static final String RESTORED = "/restored";

    private final StoreBackend store;
    private final Clock clock;
    private final List<Instant> approvals = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> unapproved = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private String plan = "";
    private Instant deadline = Instant.MAX;
    private boolean frozen;
    private boolean drifted;
    private int sent;
    private int applied;
    private int restored;

    LiveApprovals(StoreBackend store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    synchronized void proposed(String digest, Instant until) {
        plan = digest;
        deadline = until;
    }

    /** Somebody approves the open plan; an id counts once. */
    synchronized void approved(String id) {
        if (ids.add(id)) {
            approvals.add(clock.instant());
        }
    }

    synchronized void frozen(boolean now) {
        frozen = now;
    }

    /** Somebody changes what the plan is bound to. */
    synchronized void edit(String json) {
        drifted = true;
        store.put(Crashy.PATH, json);
    }

    @Override
    public synchronized Reply handle(String method, String pathAndQuery, @Nullable String contentType, String body) {
        Reply reply = store.handle(method, pathAndQuery, contentType, body);
        boolean write = method.equals("PATCH") || pathAndQuery.contains("/eviction?");
        if (write && pathAndQuery.contains(OURS) && !pathAndQuery.contains("dryRun=All")) {
            String mark = mark(body);
            sent++;
            objection(mark).ifPresent(unapproved::add);
            if (sent > MOST_SENDS * (approvals.size() + 1)) {
                duplicates.add(sent + " writes for " + approvals.size() + " approvals");
            }
            if (reply.code() / 100 == 2) {
                count(mark);
            }
        }
        return reply;
    }

    private Optional<String> objection(String mark) {
        Instant now = clock.instant();
        if (!mark.startsWith(plan + "/")) {
            return Optional.of("a write for " + mark + ", open is " + plan);
        }
        if (mark.endsWith(RESTORED)) {
            return applied == 0 ? Optional.of("a restoration of what was not applied") : Optional.empty();
        }
        boolean live = approvals.stream()
                .anyMatch(at ->
                        at.isBefore(deadline) && now.isBefore(at.plus(WINDOW).plus(clockSkew())));
        return live && !frozen
                ? Optional.empty()
                : Optional.of("at " + now + " no live approval among " + approvals + ", frozen: " + frozen);
    }

    /** Signals are taken up a moment after they were sent. */
    private static Duration clockSkew() {
        return Duration.ofSeconds(2);
    }

    private void count(String mark) {
        boolean restoration = mark.endsWith(RESTORED);
        applied += restoration ? 0 : 1;
        restored += restoration ? 1 : 0;
        if (drifted) {
            unapproved.add("a write was applied over somebody's edit: " + mark);
        }
        if (!seen.add(mark)) {
            duplicates.add("applied twice: " + mark);
        }
    }

    private static String mark(String body) {
        try {
            JsonNode patch = JSON.readTree(body);
            return patch.at("/metadata/annotations/k8sincident.io~1plan").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes that nobody had approved then. */
    synchronized List<String> unapproved() {
        return List.copyOf(unapproved);
    }

    /** Writes that were there already. */
    synchronized List<String> duplicates() {
        return List.copyOf(duplicates);
    }

    /** How many were carried out, restorations left out. */
    synchronized int applied() {
        return applied;
    }

    synchronized int restored() {
        return restored;
    }
}
