package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyRotation;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys whose word counts: those that were given, and those that they vouched for in the chain. A key's word counts
 * no more once the one that follows it has signed. Not thread-safe.
 */
public final class TrustedKeys {
    /** What the signature of a checkpoint or of a change of the key is worth. */
    public enum Word {
        GOOD,
        UNKNOWN_KEY,
        FORGED,
        RETIRED
    }

    private final Map<String, VerifyingKey> keys = new HashMap<>();
    /** From a key to the one that it vouched for. */
    private final Map<String, String> followedBy = new HashMap<>();

    private final Set<String> retired = new HashSet<>();

    public TrustedKeys(Collection<VerifyingKey> given) {
        given.forEach(key -> keys.put(key.id(), key));
    }

    public boolean none() {
        return keys.isEmpty();
    }

    /** The key with this id, if it is trusted. */
    public Optional<VerifyingKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Judges a signature, at the checkpoint's place in the chain. */
    Word judge(Checkpoint checkpoint) {
        VerifyingKey key = keys.get(checkpoint.keyId());
        if (key == null) {
            return Word.UNKNOWN_KEY;
        }
        if (retired.contains(key.id())) {
            return Word.RETIRED;
        }
        if (!checkpoint.signedBy(key)) {
            return Word.FORGED;
        }
        followedBy.forEach((old, next) -> {
            if (next.equals(key.id())) {
                retired.add(old);
            }
        });
        return Word.GOOD;
    }

    /**
     * Trusts the key that a record introduces, if one that is trusted signed that, and no other had followed it. Nothing
     * is learned of a record of another event, or from a key that is not known.
     */
    public Word learn(ChainedEntry entry, String trail) {
        Optional<KeyRotation> rotation = KeyRotation.of(entry, trail);
        VerifyingKey old = rotation.map(each -> keys.get(each.from())).orElse(null);
        if (rotation.isEmpty() || old == null) {
            return Word.UNKNOWN_KEY;
        }
        if (retired.contains(old.id())) {
            return Word.RETIRED;
        }
        Optional<VerifyingKey> next = rotation.get().next();
        if (next.isEmpty() || !rotation.get().signedBy(old, entry)) {
            return Word.FORGED;
        }
        keys.put(next.get().id(), next.get());
        followedBy.put(old.id(), next.get().id());
        return Word.GOOD;
    }
}
