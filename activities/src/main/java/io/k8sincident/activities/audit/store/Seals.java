package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.MerkleRoot;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Makes checkpoints. The key is read anew for each, so that a change of the key reaches every process. Thread-safe. */
public final class Seals {
    private final KeyFile keys;
    private final Clock clock;

    public Seals(KeyFile keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Seals what follows the last checkpoint; does nothing where nothing does.
     *
     * @return the last checkpoint; empty for a trail without records
     * @throws AuditUnavailableException if the key is lost or is not that of the last checkpoint, or the trail has become
     *     shorter than the last checkpoint says
     */
    public Optional<Checkpoint> seal(TrailSession session) throws IOException {
        return seal(session, keys.load().orElseThrow(this::lost));
    }

    private Optional<Checkpoint> seal(TrailSession session, SigningKey key) throws IOException {
        Optional<Checkpoint> last = session.lastCheckpoint();
        last.ifPresent(checkpoint -> checkKey(checkpoint, key));
        return write(session, key, last);
    }

    /** Seals with a key whose right to do so the last record has just told. */
    void sealAfterChangeOfKey(TrailSession session, SigningKey key) throws IOException {
        var unused = write(session, key, session.lastCheckpoint());
    }

    private Optional<Checkpoint> write(TrailSession session, SigningKey key, Optional<Checkpoint> last)
            throws IOException {
        ChainEnd end = session.end();
        long after = last.map(Checkpoint::sequence).orElse(0L);
        if (end.sequence() < after) {
            throw shortened(end.sequence(), after);
        }
        if (end.sequence() == after) {
            return last;
        }
        Lines lines = new Lines();
        session.linesAfter(after, lines);
        if (lines.root.size() != end.sequence() - after) {
            throw new IOException("of " + (end.sequence() - after) + " records after the last checkpoint "
                    + lines.root.size() + " are there");
        }
        Checkpoint checkpoint = Checkpoint.sign(
                key, last.map(Checkpoint::trail).orElse(lines.first), after, end, lines.root.value(), clock.instant());
        session.append(checkpoint);
        return Optional.of(checkpoint);
    }

    private static final class Lines implements TrailSession.LineSink {
        private final MerkleRoot root = new MerkleRoot();
        private String first = "";

        @Override
        public void take(byte[] line) {
            String hash = Digest.of(line);
            first = root.size() == 0 ? hash : first;
            root.add(hash);
        }
    }

    private void checkKey(Checkpoint last, SigningKey key) {
        if (!last.keyId().equals(key.id())) {
            throw new AuditUnavailableException(
                    "the key in " + keys.path() + " is " + key.id() + ", but the last checkpoint was signed by "
                            + last.keyId() + ". Nothing is changed in the cluster meanwhile. Next: put the right key"
                            + " back, or finish what was begun: incident audit key rotate",
                    null);
        }
    }

    AuditUnavailableException lost() {
        return new AuditUnavailableException(
                "the key of the audit trail, " + keys.path() + ", is missing, but there was one. Nothing is changed in"
                        + " the cluster without it. Next: put it back from a copy, or, if it is lost: incident audit key"
                        + " replace",
                null);
    }

    private static AuditUnavailableException shortened(long sequence, long sealed) {
        return new AuditUnavailableException(
                "the audit trail ends with record " + sequence + ", but its last checkpoint says that there were "
                        + sealed
                        + ": it was cut, or is another one. Nothing is changed in the cluster meanwhile. Next: incident"
                        + " audit verify",
                null);
    }
}
