package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees to it that a trail has a key, and that the trail itself says which. */
final class KeyIntroduction {
    static final String EVENT = "audit_key_introduced";

    private final KeyFile keys;
    private final Clock clock;
    private final Consumer<String> told;

    KeyIntroduction(KeyFile keys, Clock clock, Consumer<String> told) {
        this.keys = keys;
        this.clock = clock;
        this.told = told;
    }

    /** Makes a key where there never was one, records a new one, and seals. */
    void into(TrailStore store) throws IOException {
        store.exclusively(session -> {
            boolean first = session.lastCheckpoint().isEmpty();
            SigningKey key = key(first);
            if (first) {
                introduce(session, key);
            }
            return new Seals(keys, clock).seal(session);
        });
    }

    private SigningKey key(boolean first) {
        Optional<SigningKey> there = keys.load();
        if (there.isPresent()) {
            return there.get();
        }
        if (!first || Files.exists(keys.publicPath())) {
            throw new Seals(keys, clock).lost();
        }
        SigningKey made = keys.create();
        told.accept(created(keys, made.verifying()));
        return made;
    }

    /** What a person must know of a new key. */
    static String created(KeyFile keys, VerifyingKey key) {
        return "NEW KEY of the audit trail: " + keys.path() + " (" + key.id()
                + "). Keep a copy of it in a safe place, and" + " give " + keys.publicPath()
                + " to those who check the trail";
    }

    private void introduce(TrailSession session, SigningKey key) throws IOException {
        TrailEntry entry = TrailEntry.of(
                "",
                "",
                EVENT,
                Map.of("keyId", key.id(), "publicKey", key.verifying().base64()));
        var unused = ChainWriter.append(session, entry, clock.instant());
        told.accept("the audit trail is sealed from now on by key " + key.id());
    }

    /** For messages of others in the package. */
    static AuditUnavailableException noTrail(String name) {
        return new AuditUnavailableException(
                "the trail " + name + " has no checkpoint yet. Nothing was changed. Next: incident worker", null);
    }
}
