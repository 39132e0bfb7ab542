package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.KeyChange;
import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.audit.verify.LineSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Where a trail lies, to be read, and to be written to by the few commands that do. */
public interface TrailPlace {
    /** The segments in the order of the chain. */
    List<LineSource> lines();

    /** The checkpoints beside the trail; empty if there are none. */
    List<LineSource> checkpoints();

    KeyFile keys();

    /** What is written to, and only if it is there already. */
    TrailStore store();

    /** Appends an entry, and seals it where the trail's key is at hand; else the next worker does. */
    default void append(TrailEntry entry) throws IOException {
        try (StoredTrail trail = StoredTrail.unsealed(store(), Clock.systemUTC())) {
            var unused = trail.append(entry);
        }
        if (keys().load().isPresent()) {
            seal();
        }
    }

    /** Seals what is not sealed yet. */
    default void seal() throws IOException {
        var unused = store().exclusively(new Seals(keys(), Clock.systemUTC())::seal);
    }

    /** Gives the trail a new key that the old one vouches for, and returns its id. */
    default String rotate() throws IOException {
        return new KeyChange(keys(), Clock.systemUTC()).rotate(store());
    }

    /** Gives the trail a new key in place of a lost one, and returns its id. */
    default String replaceLost() throws IOException {
        return new KeyChange(keys(), Clock.systemUTC()).replaceLost(store());
    }

    /**
     * Closes the segment that is appended to, and begins another.
     *
     * @param archive where a trail that is not in files is written to
     * @return the files of closed segments that were not there before
     */
    List<Path> startSegment(Path archive) throws IOException;
}
