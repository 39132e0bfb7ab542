package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.DetailDigest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts entries into their place in the chain. */
final class ChainWriter {
    private ChainWriter() {}

    /** An entry with what can be made of it before its place is known. */
    record Prepared(TrailEntry entry, String detailDigest) {
        static Prepared of(TrailEntry entry) {
            return new Prepared(entry, DetailDigest.of(entry.detail()));
        }
    }

    /** Appends what the store found out about itself, and these; returns the lines of these. */
    static List<ChainedLine> append(TrailSession session, List<Prepared> entries, Instant now) throws IOException {
        List<Prepared> all = new ArrayList<>(entries.size() + 1);
        session.found().map(Prepared::of).ifPresent(all::add);
        all.addAll(entries);
        List<ChainedLine> lines = new ArrayList<>(all.size());
        ChainEnd end = session.end();
        for (Prepared each : all) {
            ChainedLine line = ChainedLine.after(end, each.entry(), each.detailDigest(), now);
            lines.add(line);
            end = line.end();
        }
        session.append(lines);
        return lines.subList(all.size() - entries.size(), all.size());
    }

    /** The line of an entry that follows {@code end}, for a store that writes it by itself. */
    static ChainedLine next(ChainEnd end, TrailEntry entry, Instant now) {
        return ChainedLine.after(end, entry, DetailDigest.of(entry.detail()), now);
    }

    static ChainEnd append(TrailSession session, TrailEntry entry, Instant now) throws IOException {
        return append(session, List.of(Prepared.of(entry)), now).get(0).end();
    }
}
