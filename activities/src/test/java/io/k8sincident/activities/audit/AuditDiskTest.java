package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system in memory that is full or read-only; skipped where this user may not mount one. */
@FaultRow("disk of the trail full or read-only, and mended")
class AuditDiskTest {
    private static final int MOST = 10_000;

    @TempDir
    Path directory = Path.of("");

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()) == 0,
                "no file system may be mounted by this user");
    }

    @AfterEach
    void unmount() throws Exception {
        var unused = run("umount", disk.toString());
    }

    @Test
    void promisesNothingWhileTheDiskIsFullAndGoesOnWhenItIsNot() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[32_768]);
        TrailFixture fixture = new TrailFixture(disk);
        int promised;
        try (StoredTrail trail = fixture.open(MOST)) {
            promised = fill(trail);
            assertThatThrownBy(() -> trail.append(TrailFixture.entry("lost")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("No space left")
                    .hasMessageContaining("Nothing is changed in the cluster without it");

            Files.delete(ballast);

            var unused = trail.append(TrailFixture.entry("after"));
        }
        assertWhole(fixture, promised);
    }

    @Test
    void promisesNothingWhileTheDiskIsReadOnlyAndGoesOnWhenItIsNot() throws Exception {
        TrailFixture fixture = new TrailFixture(disk).append(3, MOST);
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();

        try (StoredTrail trail = fixture.open(MOST)) {
            assertThatThrownBy(() -> trail.append(TrailFixture.entry("lost")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("Read-only file system");
        } catch (AuditUnavailableException e) {
            assertThat(e).hasMessageContaining("Read-only file system");
        }
        assertThat(run("mount", "-o", "remount,rw", disk.toString())).isZero();
        try (StoredTrail trail = fixture.open(MOST)) {
            var unused = trail.append(TrailFixture.entry("after"));
        }

        assertWhole(fixture, 3);
    }

    private static void assertWhole(TrailFixture fixture, int promised) throws IOException {
        Verdict verdict = fixture.verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(fixture.lines())
                .filteredOn(line -> line.contains("\"event\":\"event_"))
                .hasSizeGreaterThanOrEqualTo(promised);
        assertThat(fixture.lines()).anyMatch(line -> line.contains("\"event\":\"after\""));
    }

    /** How many records were promised until one was not. */
    private static int fill(StoredTrail trail) {
        for (int i = 0; i < MOST; i++) {
            try {
                var unused = trail.append(TrailFixture.entry("event_" + i));
            } catch (AuditUnavailableException e) {
                return i;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }
}
