package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

@FaultRow("trail in files that cannot be written, torn tail")
class FileAuditTrailTest extends AuditTrailContract {
    @TempDir
    Path directory = Path.of("");

    @Test
    void movesATornTailAsideAndSaysSo() throws Exception {
        FileAuditTrail trail = trail();
        trail.append(entry("whole"));
        Files.writeString(file(), "{\"sequence\":2,\"eve", StandardOpenOption.APPEND);

        ChainedEntry next = trail.append(entry("next"));

        assertThat(next.sequence()).isEqualTo(3);
        assertThat(lines().get(1)).contains("torn_tail_recovered", "\"bytes\":\"18\"");
        assertThat(brokenLinks()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(path -> path.toString().contains(".torn-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasContent("{\"sequence\":2,\"eve"));
        }
    }

    @Test
    void appendsNothingAfterALineThatIsNoEntry() throws IOException {
        Files.writeString(file(), "not an entry\n");

        assertThatThrownBy(() -> trail().append(entry("next")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("is no entry of a trail")
                .hasMessageContaining("Nothing is changed in the cluster without it")
                .hasMessageContaining("Next:");
        assertThat(file()).hasContent("not an entry\n");
    }

    @Test
    @DisabledIf("noFullDevice")
    void saysThatTheDiskIsFull() throws IOException {
        Files.createSymbolicLink(file(), Path.of("/dev/full"));

        assertThatThrownBy(() -> trail().append(entry("lost"))).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new FileAuditTrail(notADirectory, Clock.systemUTC()).append(entry("lost")))
                .isInstanceOf(AuditUnavailableException.class);
    }

    static boolean noFullDevice() {
        return !Files.exists(Path.of("/dev/full"));
    }

    @Override
    protected FileAuditTrail trail() {
        return new FileAuditTrail(directory, Clock.systemUTC());
    }

    private Path file() {
        return directory.resolve(FileAuditTrail.FILE);
    }

    @Override
    protected List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }
}
