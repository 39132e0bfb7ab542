package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.RecordReader.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks once along a trail and stops at the first bad record. Needs the lines, what was signed, and public keys; keeps a
 * few lines in memory, however long the trail is. For one walk; not thread-safe.
 */
public final class TrailVerifier {
    private final Collection<LineSource> lines;
    private final Collection<LineSource> checkpoints;
    private final TrustedKeys keys;
    private final long begins;
    private final List<String> notes = new ArrayList<>();

    private ChainEnd end = ChainEnd.START;
    private long first;
    private String firstPlace = "";

    /**
     * For these.
     *
     * @param lines the segments of the trail in order; the first may begin where a checkpoint ends
     * @param checkpoints those beside the trail, and those that were copied earlier; each in order
     * @param keys without any, the chain alone is checked
     * @param begins the record that must be there with all that follow it; 1 unless those before were put away
     */
    public TrailVerifier(
            Collection<LineSource> lines, Collection<LineSource> checkpoints, TrustedKeys keys, long begins) {
        this.lines = lines;
        this.checkpoints = checkpoints;
        this.keys = keys;
        this.begins = begins;
    }

    /**
     * Walks.
     *
     * @throws IOException if something cannot be read, so that nothing is known
     */
    public Verdict verify() throws IOException {
        // The checkpoints first: a trail that grows meanwhile must not have one of records that were not there yet.
        try (SealCheck seals = new SealCheck(checkpoints, keys);
                RecordReader records = new RecordReader(lines)) {
            Flaw flaw = walk(records, seals);
            flaw = first(flaw == null ? seals.end(end) : flaw);
            flaw = flaw == null ? missingAtTheBeginning() : flaw;
            notes.addAll(seals.notes(end));
            return new Verdict(seals.trail(), first, end.sequence(), seals.sealed(), seals.count(), flaw, notes);
        }
    }

    /** Segments that somebody took leave the same behind as those that were put away: only who checks can tell. */
    private @Nullable Flaw missingAtTheBeginning() {
        if (first > begins) {
            return new Flaw(
                    Kind.DROPPED,
                    begins,
                    firstPlace,
                    notHere(begins) + "; they were put away, or taken. If they were put away, verify them where they"
                            + " are kept, and say where this trail is to begin: --begins-at " + first);
        }
        if (begins > 1 && end.sequence() < begins) {
            return new Flaw(
                    Kind.TRUNCATED,
                    end.sequence() + 1,
                    firstPlace,
                    "record " + begins + " is not here, with which the trail is to begin");
        }
        if (first > 1) {
            notes.add(notHere(1) + ", as was expected; this says nothing of them: verify them where they are kept");
        }
        return null;
    }

    private String notHere(long from) {
        long to = first - 1;
        return from == to ? "record " + from + " is not here" : "records " + from + " to " + to + " are not here";
    }

    /** Of what is wrong with the records and with how they are kept. */
    private @Nullable Flaw first(@Nullable Flaw found) {
        return lines.stream()
                .map(LineSource::flaw)
                .flatMap(Optional::stream)
                .filter(kept -> found == null || kept.sequence() < found.sequence())
                .findFirst()
                .orElse(found);
    }

    private @Nullable Flaw walk(RecordReader records, SealCheck seals) throws IOException {
        for (Found found = records.take(); found != null; found = records.take()) {
            if (found.torn() && records.peek() == null) {
                notes.add("the last line, " + found.line().place() + ", is not finished, as after a crash; the next"
                        + " record moves it aside");
                return null;
            }
            Flaw flaw = check(found, records, seals);
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    private @Nullable Flaw check(Found found, RecordReader records, SealCheck seals) throws IOException {
        ScannedRecord record = found.record();
        long expected = end.sequence() + 1;
        if (record == null) {
            return new Flaw(Kind.UNREADABLE, expected, found.line().place(), "this line is no record of a trail");
        }
        boolean start = first == 0;
        if (start) {
            Flaw flaw = seals.start(record, found.line().place());
            if (flaw != null) {
                return flaw;
            }
            first = record.sequence();
            firstPlace = found.line().place();
        } else {
            Flaw flaw = new ChainCheck(end, found, records).flaw();
            if (flaw != null) {
                return flaw;
            }
        }
        if (!record.detailFits()) {
            return new Flaw(
                    Kind.EDITED,
                    record.sequence(),
                    found.line().place(),
                    "record " + record.sequence() + " was edited: its details do not fit their digest");
        }
        Flaw flaw = seals.record(record, found.line().place(), records.peek());
        if (flaw == null) {
            end = record.end();
        }
        return flaw;
    }
}
