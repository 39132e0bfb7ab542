package io.k8sincident.activities.testing;

import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trail in memory that a test can read, and have fail from a certain event on. */
public final class MemoryTrail implements AuditTrail {
    private final List<ChainedEntry> entries = new ArrayList<>();
    private final Clock clock;
    private @Nullable String failingEvent;
    private int appendsToLive = Integer.MAX_VALUE;
    private String slowEvent = "";
    private Runnable delay = () -> {};

    public MemoryTrail(Clock clock) {
        this.clock = clock;
    }

    /** From now on this event cannot be recorded. */
    public synchronized void failOn(String event) {
        failingEvent = event;
    }

    public synchronized void heal() {
        failingEvent = null;
        appendsToLive = Integer.MAX_VALUE;
    }

    /** Who writes to it dies after so many more entries, before the next one. */
    public synchronized void dieAfter(int appends) {
        appendsToLive = appends;
    }

    /** The end of a process, which nothing in it may catch. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** From now on something happens before this event is recorded. */
    public synchronized void before(String event, Runnable happening) {
        slowEvent = event;
        delay = happening;
    }

    @Override
    public synchronized ChainedEntry append(TrailEntry entry) {
        if (appendsToLive-- <= 0) {
            throw new Death();
        }
        if (entry.event().equals(failingEvent)) {
            throw new AuditUnavailableException("the disk is full", null);
        }
        if (entry.event().equals(slowEvent)) {
            delay.run();
        }
        ChainedEntry chained = new ChainedEntry(
                entries.size() + 1L,
                clock.instant(),
                entry.incident(),
                entry.runId(),
                entry.actor(),
                entry.event(),
                entry.detail(),
                "",
                "");
        entries.add(chained);
        if (entry.event().equals(RulingActivityImpl.RULED)
                && "ACCEPTED".equals(entry.detail().get("reason"))
                && "APPROVE".equals(entry.detail().get("verdict"))) {
            WireTally.approved(String.valueOf(entry.detail().get("planDigest")));
        }
        return chained;
    }

    @Override
    public synchronized List<ChainedEntry> find(String incident, String event) {
        return entries.stream()
                .filter(entry ->
                        entry.incident().equals(incident) && entry.event().equals(event))
                .toList();
    }

    /** The events so far, in order. */
    public synchronized List<String> events() {
        return entries.stream().map(ChainedEntry::event).toList();
    }

    public synchronized List<ChainedEntry> entries() {
        return List.copyOf(entries);
    }
}
