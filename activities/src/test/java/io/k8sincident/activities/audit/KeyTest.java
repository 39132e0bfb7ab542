package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.MerkleRoot;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.KeyRotation;
import io.k8sincident.activities.audit.seal.PublicKeyFile;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.activities.audit.store.KeyChange;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of a trail from its making to its loss. */
class KeyTest {
    @TempDir
    Path directory = Path.of("");

    private TrailFixture trail = new TrailFixture(Path.of(""));

    @BeforeEach
    void fill() {
        trail = new TrailFixture(directory);
    }

    @Test
    void isMadeOnFirstUseForItsOwnerAloneAndSaidAloud() throws IOException {
        trail.append(1, 10);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trail.keys.path())))
                .isEqualTo("rw-------");
        assertThat(trail.told).anyMatch(line -> line.startsWith("NEW KEY of the audit trail"));
        assertThat(trail.lines().get(0))
                .contains("audit_key_introduced", trail.key().base64());
        trail.told.clear();
        trail.append(1, 10);
        assertThat(trail.told).isEmpty();
    }

    @Test
    void isNeverReplacedByCreating() throws IOException {
        trail.append(1, 10);
        String before = Files.readString(trail.keys.path());

        assertThatThrownBy(trail.keys::create).hasMessageContaining("there is a key already");
        assertThat(trail.keys.path()).hasContent(before);
    }

    @Test
    void isRefusedWhereOthersMayReadIt() throws IOException {
        trail.append(1, 10);
        Files.setPosixFilePermissions(trail.keys.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> trail.append(1, 10))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("others may use it (rw-r--r--)");
    }

    @Test
    void isRefusedWhereItsHalvesDoNotFit() throws IOException {
        trail.append(1, 10);
        String text = Files.readString(trail.keys.path());
        VerifyingKey other = SigningKey.generate().verifying();
        Files.writeString(
                trail.keys.path(),
                text.substring(0, text.indexOf("-----BEGIN PUBLIC")) + PublicKeyFile.pem(other),
                StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> trail.append(1, 10)).hasMessageContaining("do not belong together");
    }

    @Test
    void mayBeRotatedWhileATrailIsOpen() throws IOException {
        trail.append(5, 2);
        VerifyingKey first = trail.key();
        try (StoredTrail open = trail.open(2)) {
            open.append(TrailFixture.entry("before"));
            String next = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
            open.append(TrailFixture.entry("after"));
            open.append(TrailFixture.entry("after"));
            assertThat(trail.key().id()).isEqualTo(next).isNotEqualTo(first.id());
        }

        Verdict withTheFirst = trail.verify(new TrustedKeys(List.of(first)));
        Verdict withTheNewest = trail.verify();

        assertThat(withTheFirst.flaw()).isNull();
        assertThat(withTheFirst.sealed()).isEqualTo(10);
        assertThat(withTheFirst.notes()).isEmpty();
        assertThat(withTheNewest.flaw()).isNull();
        assertThat(withTheNewest.sealed()).isEqualTo(10);
        assertThat(withTheNewest.notes()).singleElement().asString().contains("signed by other keys");
        assertThat(PublicKeyFile.read(trail.keys.archived(first)).id()).isEqualTo(first.id());
    }

    @Test
    void signsNoMoreOnceAnotherHasFollowedIt() throws IOException {
        trail.append(5, 2);
        SigningKey old = trail.keys.load().orElseThrow();
        String next = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
        trail.append(3, 1);
        List<String> checkpoints = trail.checkpoints();
        Checkpoint last = Checkpoint.parse(
                        checkpoints.get(checkpoints.size() - 1).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(last.keyId()).isEqualTo(next);
        checkpoints.set(
                checkpoints.size() - 1,
                Checkpoint.sign(
                                old,
                                last.trail(),
                                last.after(),
                                new ChainEnd(last.sequence(), last.hash()),
                                last.root(),
                                last.time())
                        .line());
        Files.write(trail.files.checkpoints(), checkpoints);

        Verdict verdict = trail.verify(new TrustedKeys(List.of(old.verifying())));

        assertThat(verdict.flaw()).isNotNull();
        assertThat(verdict.flaw().kind()).isEqualTo(Kind.RETIRED_KEY);
    }

    @Test
    void introducesNoOtherOnceAnotherHasFollowedIt() throws IOException {
        trail.append(5, 2);
        SigningKey old = trail.keys.load().orElseThrow();
        var unused = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
        String first = Digest.of(trail.lines().get(0));
        // Whoever has kept a stolen key, as the records that follow and with a checkpoint of their own.
        SigningKey mine = SigningKey.generate();
        ChainEnd end = trail.end();
        try (StoredTrail open = StoredTrail.unsealed(trail.store(), Clock.systemUTC())) {
            open.append(
                    TrailEntry.of("", "", KeyRotation.EVENT, KeyRotation.details(first, end, old, mine.verifying())));
            open.append(TrailFixture.entry("forged"));
        }
        MerkleRoot root = new MerkleRoot();
        trail.lines().subList((int) end.sequence(), trail.lines().size()).forEach(line -> root.add(Digest.of(line)));
        List<String> checkpoints = trail.checkpoints();
        checkpoints.add(Checkpoint.sign(mine, first, end.sequence(), trail.end(), root.value(), Instant.now())
                .line());
        trail.writeCheckpoints(checkpoints);

        Verdict verdict = trail.verify(new TrustedKeys(List.of(old.verifying())));

        assertThat(verdict.flaw()).isNotNull();
        assertThat(verdict.flaw().kind()).isEqualTo(Kind.RETIRED_KEY);
        assertThat(verdict.flaw().sequence()).isEqualTo(8);
        assertThat(verdict.sealed()).isEqualTo(7);
    }

    @Test
    void cannotBeFollowedByAKeyThatItDidNotSign() throws IOException {
        trail.append(5, 2);
        VerifyingKey first = trail.key();
        var unused = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
        trail.edit(7, line -> line.replaceFirst("\"signature\":\"....", "\"signature\":\"AAAA"));
        trail.write(TrailFixture.rechained(trail.lines(), 7));

        Verdict verdict = trail.verify(new TrustedKeys(List.of(first)));

        assertThat(verdict.flaw()).isNotNull();
        assertThat(verdict.flaw().kind()).isEqualTo(Kind.FORGED);
        assertThat(verdict.flaw().sequence()).isEqualTo(7);
    }

    @Test
    void stopsEverythingWhenItIsLostUntilItIsReplaced() throws IOException {
        trail.append(5, 2);
        VerifyingKey lost = trail.key();
        Files.delete(trail.keys.path());

        assertThatThrownBy(() -> trail.append(1, 2))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("is missing, but there was one")
                .hasMessageContaining("incident audit key replace");

        var unused = new KeyChange(trail.keys, Clock.systemUTC()).replaceLost(trail.store());
        trail.append(2, 2);

        assertThat(trail.verify(new TrustedKeys(List.of(lost))).sealed()).isEqualTo(6);
        assertThat(trail.verify(new TrustedKeys(List.of(lost, trail.key()))).sealed())
                .isEqualTo(9);
        assertThat(trail.lines().get(6)).contains("audit_key_replaced", lost.id());
    }

    @Test
    void stopsEverythingWhenItWasExchanged() throws IOException {
        trail.append(5, 2);
        Files.delete(trail.keys.path());
        trail.keys.create();

        assertThatThrownBy(() -> trail.append(1, 2))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("the last checkpoint was signed by");
    }

    @Test
    void stopsEverythingWhenTheTrailWasCut() throws IOException {
        trail.append(5, 2);
        trail.write(trail.lines().subList(0, 3));

        assertThatThrownBy(() -> trail.append(1, 2))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("ends with record 3, but its last checkpoint says that there were 6");
    }

    @Test
    void comesBackAfterARotationThatACrashCutShort() throws IOException {
        trail.append(5, 2);
        VerifyingKey first = trail.key();
        Path aside = trail.keys.path().resolveSibling(KeyFile.FILE + ".old");
        Files.copy(trail.keys.path(), aside, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        trail.keys.replace(SigningKey.generate());

        assertThatThrownBy(() -> trail.append(1, 2)).hasMessageContaining("incident audit key rotate");
        var unused = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
        trail.append(1, 2);

        assertThat(aside).doesNotExist();
        assertThat(trail.verify(new TrustedKeys(List.of(first))).sealed()).isEqualTo(8);
    }
}
