package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.seal.Checkpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store while nobody else may append to it. Not thread-safe; dead after the work it was given to. */
public interface TrailSession {
    /** What is done with each line. */
    @FunctionalInterface
    interface LineSink {
        void take(byte[] line) throws IOException;
    }

    /** What the store found out about itself and has to be recorded first, such as a torn tail that it moved aside. */
    Optional<TrailEntry> found();

    /**
     * Where the chain ends.
     *
     * @throws IOException if the last line is no record: it was tampered with
     */
    ChainEnd end() throws IOException;

    /** Appends lines that follow one another and {@link #end}; durable on return or, at the latest, with the work's end. */
    void append(List<ChainedLine> lines) throws IOException;

    /** The checkpoint with the highest sequence. */
    Optional<Checkpoint> lastCheckpoint() throws IOException;

    /** Appends a checkpoint; durable as lines are. */
    void append(Checkpoint checkpoint) throws IOException;

    /** The lines after this sequence up to the end, in order, each without its line feed. */
    void linesAfter(long sequence, LineSink sink) throws IOException;
}
