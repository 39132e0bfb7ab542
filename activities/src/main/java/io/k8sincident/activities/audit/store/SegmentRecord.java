package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.seal.Checkpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** What every segment but the first begins with: so it verifies when those before are put away. */
public final class SegmentRecord {
    public static final String EVENT = "segment_started";

    private SegmentRecord() {}

    /**
     * Seals what is there, and makes the record that follows; whoever asked appends it.
     *
     * @param before how the segment is called that ends now
     */
    public static ChainedLine after(TrailSession session, Seals seals, Clock clock, String before) throws IOException {
        Checkpoint sealed = seals.seal(session)
                .orElseThrow(() -> new IOException("a trail without records has nothing to put away"));
        return ChainWriter.next(
                session.end(),
                TrailEntry.of("", "", EVENT, Map.of("trail", sealed.trail(), "before", before)),
                clock.instant());
    }
}
