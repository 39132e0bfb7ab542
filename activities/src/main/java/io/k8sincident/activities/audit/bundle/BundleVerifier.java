package io.k8sincident.activities.audit.bundle;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.bundle.Statement.Predicate;
import io.k8sincident.activities.audit.bundle.Statement.Proven;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.DetailDigest;
import io.k8sincident.activities.audit.chain.Merkle;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.activities.audit.verify.Flaw;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.TrustedKeys.Word;
import io.k8sincident.activities.audit.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a bundle from itself and public keys alone. For one bundle; not thread-safe. */
public final class BundleVerifier {
    private final String name;
    private final TrustedKeys keys;
    private final Map<Long, Checkpoint> checkpoints = new HashMap<>();
    private final List<ChainedEntry> records = new ArrayList<>();
    private String trail = "";

    /**
     * For a bundle.
     *
     * @param name how messages call it
     */
    public BundleVerifier(String name, TrustedKeys keys) {
        this.name = name;
        this.keys = keys;
    }

    /** The first thing that is wrong; empty if nothing is. */
    public Optional<Flaw> verify(byte[] bundle) {
        return Optional.ofNullable(check(bundle));
    }

    /** The records that were found good, in order. */
    public List<ChainedEntry> records() {
        return List.copyOf(records);
    }

    /** The hash of the trail's first line. */
    public String trail() {
        return trail;
    }

    /** The same in the form of a trail's. */
    public Verdict verdict(Optional<Flaw> flaw) {
        long first = records.isEmpty() ? 0 : records.get(0).sequence();
        long last = records.isEmpty() ? 0 : records.get(records.size() - 1).sequence();
        List<String> notes = flaw.isPresent()
                ? List.of()
                : List.of(records.size()
                        + " of them are of this incident; that there were no others of it, its signer says");
        return new Verdict(
                trail, first, last, flaw.isPresent() ? 0 : last, checkpoints.size(), flaw.orElse(null), notes);
    }

    private @Nullable Flaw check(byte[] bundle) {
        Optional<DsseEnvelope> envelope = DsseEnvelope.parse(bundle);
        Optional<Statement> statement;
        try {
            statement = envelope.map(DsseEnvelope::content).flatMap(Statement::parse);
        } catch (IllegalArgumentException e) {
            statement = Optional.empty();
        }
        if (statement.isEmpty()) {
            return flaw(Kind.UNREADABLE, 0, "this is no in-toto statement about an audit trail in a DSSE envelope");
        }
        Predicate predicate = statement.get().predicate();
        trail = predicate.trail();
        predicate.checkpoints().forEach(checkpoint -> checkpoints.put(checkpoint.sequence(), checkpoint));
        Flaw flaw = keyChanges(predicate);
        flaw = flaw == null ? signature(envelope.get()) : flaw;
        flaw = flaw == null ? records(predicate) : flaw;
        return flaw != null || statement.get().consistent()
                ? flaw
                : flaw(Kind.FORGED, 0, "the subject's digest is not that of the records");
    }

    /** The oldest key that is trusted leads to the newest, which signed the envelope. */
    private @Nullable Flaw keyChanges(Predicate predicate) {
        for (Proven proven : predicate.keyChanges()) {
            Optional<ChainedLine> line = ChainedLine.parse(bytes(proven));
            if (line.isEmpty() || !honest(keys.learn(line.get().entry(), trail))) {
                return flaw(Kind.FORGED, 0, "a change of the trail's key is not signed by the key before");
            }
        }
        return null;
    }

    private static boolean honest(Word word) {
        return word == Word.GOOD || word == Word.UNKNOWN_KEY;
    }

    private @Nullable Flaw signature(DsseEnvelope envelope) {
        List<VerifyingKey> known = envelope.signatures().stream()
                .map(each -> keys.find(each.keyid()))
                .flatMap(Optional::stream)
                .toList();
        if (known.isEmpty()) {
            return flaw(Kind.UNSEALED, 0, "it is not signed by a key that you trust");
        }
        return known.stream().anyMatch(envelope::signedBy)
                ? null
                : flaw(Kind.FORGED, 0, "the envelope does not carry the signature that it claims");
    }

    private @Nullable Flaw records(Predicate predicate) {
        long before = 0;
        for (Proven proven : predicate.records()) {
            Optional<ChainedLine> line = ChainedLine.parse(bytes(proven));
            if (line.isEmpty()) {
                return flaw(Kind.UNREADABLE, before + 1, "the line after record " + before + " is no record");
            }
            ChainedEntry entry = line.get().entry();
            if (entry.sequence() <= before) {
                return flaw(Kind.REORDERED, entry.sequence(), "record " + entry.sequence() + " stands after " + before);
            }
            if (!entry.incident().equals(predicate.incident()) || !DetailDigest.fits(entry)) {
                return flaw(Kind.EDITED, entry.sequence(), "record " + entry.sequence() + " is not what was recorded");
            }
            Flaw flaw = inclusion(line.get(), proven);
            if (flaw != null) {
                return flaw;
            }
            before = entry.sequence();
            records.add(entry);
        }
        return records.isEmpty() ? flaw(Kind.DROPPED, 0, "it holds no records") : null;
    }

    private @Nullable Flaw inclusion(ChainedLine line, Proven proven) {
        Checkpoint checkpoint = checkpoints.get(proven.checkpoint());
        String record = "record " + line.sequence();
        if (checkpoint == null || line.sequence() <= checkpoint.after() || line.sequence() > checkpoint.sequence()) {
            return flaw(Kind.EDITED, line.sequence(), record + " has no checkpoint that stands for it");
        }
        if (!checkpoint.trail().equals(trail)) {
            return flaw(Kind.SWAPPED, line.sequence(), "the checkpoint of " + record + " is of another trail");
        }
        Optional<VerifyingKey> key = keys.find(checkpoint.keyId());
        if (key.isEmpty()) {
            return flaw(
                    Kind.UNSEALED,
                    line.sequence(),
                    "the checkpoint of " + record + " is signed by " + checkpoint.keyId()
                            + ", which you do not trust: name that key too");
        }
        if (!checkpoint.signedBy(key.get())) {
            return flaw(Kind.FORGED, line.sequence(), "the checkpoint of " + record + " does not carry its signature");
        }
        return leads(line, checkpoint, proven)
                ? null
                : flaw(Kind.EDITED, line.sequence(), record + " is not in the tree that its checkpoint has signed");
    }

    private static boolean leads(ChainedLine line, Checkpoint checkpoint, Proven proven) {
        try {
            return Merkle.rootOf(
                            line.hash(),
                            line.sequence() - checkpoint.after() - 1,
                            checkpoint.sequence() - checkpoint.after(),
                            proven.path())
                    .equals(checkpoint.root());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static byte[] bytes(Proven proven) {
        return proven.line().getBytes(StandardCharsets.UTF_8);
    }

    private Flaw flaw(Kind kind, long sequence, String text) {
        return new Flaw(kind, sequence, name, text);
    }
}
