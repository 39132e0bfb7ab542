package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.MerkleRoot;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyRotation;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.RecordReader.Found;
import io.k8sincident.activities.audit.verify.TrustedKeys.Word;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the checkpoints against the records as these come by. Not thread-safe. */
final class SealCheck implements Closeable {
    /** The event that every segment but the first begins with. */
    private static final String SEGMENT_EVENT = "segment_started";

    private final List<CheckpointReader> readers = new ArrayList<>();
    private final TrustedKeys keys;
    private final boolean trusting;
    private String trail = "";
    private MerkleRoot root = new MerkleRoot();
    private long rootAfter;
    private long fits;
    private long sealed;
    private long count;
    private long untrusted;

    SealCheck(Collection<LineSource> sources, TrustedKeys keys) throws IOException {
        this.keys = keys;
        this.trusting = !keys.none();
        for (LineSource source : sources) {
            readers.add(new CheckpointReader(source));
        }
    }

    String trail() {
        return trail;
    }

    long sealed() {
        return sealed;
    }

    long count() {
        return count;
    }

    /** The first record that is there: the first of all, or one that goes on where a checkpoint ends. */
    @Nullable
    Flaw start(ScannedRecord record, String place) throws IOException {
        rootAfter = record.sequence() - 1;
        if (record.sequence() == 1) {
            trail = record.hash();
            return record.previous().equals(ChainEnd.START.hash())
                    ? null
                    : new Flaw(Kind.EDITED, 1, place, "record 1 was edited: it claims to follow another");
        }
        Flaw flaw = at(record.sequence() - 1, record.previous(), place, null);
        boolean continues = record.event().equals(SEGMENT_EVENT) && !trail.isEmpty() && (!trusting || sealed > 0);
        return flaw != null || continues
                ? flaw
                : new Flaw(
                        Kind.DROPPED,
                        1,
                        place,
                        "records 1 to " + (record.sequence() - 1)
                                + " are missing, and it is not so that a segment begins here and a trusted checkpoint stands for"
                                + " what came before");
    }

    /** A record whose place in the chain is right. */
    @Nullable
    Flaw record(ScannedRecord record, String place, @Nullable Found next) throws IOException {
        root.add(record.hash());
        Flaw flaw = record.event().equals(KeyRotation.EVENT) ? rotation(record, place) : null;
        return flaw == null ? at(record.sequence(), record.hash(), place, next) : flaw;
    }

    private @Nullable Flaw rotation(ScannedRecord record, String place) {
        Word word = record.entry().map(entry -> keys.learn(entry, trail)).orElse(Word.FORGED);
        String what = "record " + record.sequence() + " claims a change of the key that ";
        return switch (word) {
            case GOOD, UNKNOWN_KEY -> null;
            case FORGED -> new Flaw(Kind.FORGED, record.sequence(), place, what + "the old key did not sign");
            case RETIRED ->
                new Flaw(
                        Kind.RETIRED_KEY,
                        record.sequence(),
                        place,
                        what + "was signed by a key that another had followed before");
        };
    }

    /** After the last record. */
    @Nullable
    Flaw end(ChainEnd end) throws IOException {
        for (CheckpointReader reader : readers) {
            for (Checkpoint checkpoint = reader.current(); checkpoint != null; checkpoint = reader.current()) {
                Flaw flaw = word(checkpoint, reader.place());
                if (flaw != null) {
                    return flaw;
                }
                if (checkpoint.sequence() > end.sequence()) {
                    return new Flaw(
                            trail.isEmpty() || checkpoint.trail().equals(trail) ? Kind.TRUNCATED : Kind.SWAPPED,
                            end.sequence() + 1,
                            reader.place(),
                            trail.isEmpty() || checkpoint.trail().equals(trail)
                                    ? "the trail ends with record " + end.sequence()
                                            + ", but this checkpoint has seen record " + checkpoint.sequence()
                                            + ": it was cut"
                                    : "this checkpoint is of trail " + checkpoint.trail() + ", the records are of "
                                            + trail);
                }
                reader.advance();
            }
            if (reader.flaw().isPresent()) {
                return reader.flaw().get();
            }
        }
        return trusting && sealed == 0
                ? new Flaw(
                        Kind.UNSEALED,
                        0,
                        "",
                        "nothing here is signed by a key that you trust: the trail was never sealed,"
                                + " lost its checkpoints, or is another one")
                : null;
    }

    List<String> notes(ChainEnd end) {
        List<String> notes = new ArrayList<>();
        readers.forEach(reader -> reader.note().ifPresent(notes::add));
        if (untrusted > 0) {
            notes.add(untrusted
                    + (untrusted == 1 ? " checkpoint is" : " checkpoints are")
                    + (trusting
                            ? " signed by other keys, and proves nothing"
                            : " there; without a public key, proves nothing"));
        }
        if (end.sequence() > sealed && (trusting || untrusted == 0)) {
            notes.add(
                    sealed == 0
                            ? "not sealed by any checkpoint: the records fit one another, but whoever can write them could have"
                                    + " computed all of them anew"
                            : "records " + (sealed + 1) + " to " + end.sequence() + " are not sealed yet");
        }
        return notes;
    }

    private @Nullable Flaw at(long sequence, String hash, String place, @Nullable Found next) throws IOException {
        boolean any = false;
        boolean trusted = false;
        for (CheckpointReader reader : readers) {
            skipTo(sequence, reader);
            Checkpoint checkpoint = reader.current();
            if (checkpoint == null || checkpoint.sequence() != sequence) {
                if (reader.flaw().isPresent()) {
                    return reader.flaw().get();
                }
                continue;
            }
            Flaw flaw = word(checkpoint, reader.place());
            flaw = flaw == null ? contents(checkpoint, hash, place, reader.place(), next) : flaw;
            if (flaw != null) {
                return flaw;
            }
            any = true;
            trusted |= keys.find(checkpoint.keyId()).isPresent();
            reader.advance();
        }
        if (any) {
            fits = sequence;
            rootAfter = sequence;
            root = new MerkleRoot();
        }
        if (trusted) {
            sealed = sequence;
            count++;
        }
        return null;
    }

    /** Those of segments that were put away. */
    private static void skipTo(long sequence, CheckpointReader reader) throws IOException {
        while (reader.current() != null && reader.current().sequence() < sequence) {
            reader.advance();
        }
    }

    private @Nullable Flaw word(Checkpoint checkpoint, String place) {
        String what = "the checkpoint of record " + checkpoint.sequence();
        return switch (keys.judge(checkpoint)) {
            case GOOD -> null;
            case UNKNOWN_KEY -> {
                untrusted++;
                yield null;
            }
            case FORGED ->
                new Flaw(Kind.FORGED, 0, place, what + " does not carry the signature of key " + checkpoint.keyId());
            case RETIRED ->
                new Flaw(
                        Kind.RETIRED_KEY,
                        0,
                        place,
                        what + " is signed by key " + checkpoint.keyId() + ", which another had followed before");
        };
    }

    private @Nullable Flaw contents(
            Checkpoint checkpoint, String hash, String place, String where, @Nullable Found next) {
        long sequence = checkpoint.sequence();
        if (trail.isEmpty()) {
            trail = checkpoint.trail();
        }
        if (!checkpoint.trail().equals(trail)) {
            return new Flaw(
                    Kind.SWAPPED,
                    1,
                    place,
                    "this trail begins with " + trail + ", the checkpoint " + where + " is of one that begins with "
                            + checkpoint.trail() + ": it was swapped, or computed anew from record 1");
        }
        if (!checkpoint.hash().equals(hash)) {
            boolean nextKnows = next != null
                    && next.record() != null
                    && next.record().previous().equals(checkpoint.hash());
            return nextKnows
                    ? new Flaw(
                            Kind.EDITED,
                            sequence,
                            place,
                            "record " + sequence + " was edited: its hash is not the one" + " in the checkpoint "
                                    + where)
                    : new Flaw(
                            Kind.RESEALED,
                            fits + 1,
                            place,
                            "the chain was computed anew: it fits itself, but not the" + " checkpoint " + where
                                    + "; the first bad record is one of " + (fits + 1) + " to " + sequence);
        }
        if (checkpoint.after() == rootAfter && root.size() > 0 && !root.value().equals(checkpoint.root())) {
            return new Flaw(
                    Kind.FORGED,
                    0,
                    where,
                    "the checkpoint of record " + sequence + " has a root that its records do not have");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        for (CheckpointReader reader : readers) {
            reader.close();
        }
    }
}
