package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.KeyRotation;
import io.k8sincident.activities.audit.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a trail another key, while nobody else may append. The old public key stays beside the new one. A change that a
 * crash has cut short is finished, or undone, by the next.
 */
public final class KeyChange {
    /** The event of a record that says: the key before was lost. */
    public static final String REPLACED_EVENT = "audit_key_replaced";

    private final KeyFile keys;
    private final Clock clock;

    public KeyChange(KeyFile keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Makes a new key that the old one vouches for, in a record of the chain. The old private key is deleted.
     *
     * @return the new key's id
     * @throws AuditUnavailableException if there is no key, or no checkpoint yet
     */
    public String rotate(TrailStore store) throws IOException {
        return store.exclusively(session -> {
            takeBack(session);
            Seals seals = new Seals(keys, clock);
            SigningKey old = keys.load().orElseThrow(seals::lost);
            Checkpoint sealed = seals.seal(session).orElseThrow(() -> KeyIntroduction.noTrail(store.name()));
            SigningKey next = SigningKey.generate();
            Files.copy(keys.path(), aside(), StandardCopyOption.COPY_ATTRIBUTES);
            keys.replace(next);
            Map<String, String> details = KeyRotation.details(sealed.trail(), session.end(), old, next.verifying());
            var unused =
                    ChainWriter.append(session, TrailEntry.of("", "", KeyRotation.EVENT, details), clock.instant());
            seals.sealAfterChangeOfKey(session, next);
            Files.delete(aside());
            return next.id();
        });
    }

    /**
     * Makes a new key where the old one is lost. Nothing vouches for it but the one who gives its public half away.
     *
     * @return the new key's id
     * @throws AuditUnavailableException if the key is there
     */
    public String replaceLost(TrailStore store) throws IOException {
        return store.exclusively(session -> {
            if (keys.load().isPresent()) {
                throw new AuditUnavailableException(
                        "the key is not lost: " + keys.path()
                                + ". Nothing was changed. Next: incident audit key rotate",
                        null);
            }
            SigningKey next = SigningKey.generate();
            Files.createDirectories(keys.path().toAbsolutePath().getParent());
            keys.replace(next);
            String lost = session.lastCheckpoint().map(Checkpoint::keyId).orElse("");
            Map<String, String> details = Map.of(
                    "lost",
                    lost,
                    "keyId",
                    next.id(),
                    "publicKey",
                    next.verifying().base64());
            var unused = ChainWriter.append(session, TrailEntry.of("", "", REPLACED_EVENT, details), clock.instant());
            new Seals(keys, clock).sealAfterChangeOfKey(session, next);
            return next.id();
        });
    }

    /** After a crash within a rotation: the old key is put back, unless the new one has sealed already. */
    private void takeBack(TrailSession session) throws IOException {
        if (!Files.exists(aside())) {
            return;
        }
        Optional<String> sealedBy = session.lastCheckpoint().map(Checkpoint::keyId);
        Optional<String> current = keys.load().map(SigningKey::id);
        if (sealedBy.equals(current)) {
            Files.delete(aside());
        } else {
            keys.replace(new KeyFile(aside()).load().orElseThrow());
            Files.delete(aside());
        }
    }

    /** Where the old key waits until the new one is in force. */
    private Path aside() {
        return keys.path().resolveSibling(keys.path().getFileName() + ".old");
    }
}
