package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDecisionLedgerTest extends DecisionLedgerContract {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void passesOverALineThatWasCutShort() throws IOException {
        DecisionLedger ledger = new FileDecisionLedger(folder);
        ledger.take(List.of("a"), "alice");
        Path file = folder.resolve(FileDecisionLedger.FILE);
        String whole = Files.readString(file);
        for (int kept = 1; kept < whole.length() - 1; kept++) {
            Files.writeString(file, whole + whole.substring(0, kept));
            DecisionLedger again = new FileDecisionLedger(folder);

            assertThat(again.take(List.of("b"), "bob")).isEmpty();
            assertThat(new FileDecisionLedger(folder).take(List.of("b"), "carol"))
                    .contains("b");
            assertThat(new FileDecisionLedger(folder).take(List.of("a"), "bob")).contains("a");
        }
    }

    /** A whole line whose end is missing may have been promised to nobody, or be about to be: it belongs to its owner. */
    @Test
    void keepsALineThatLacksOnlyItsEnd() throws IOException {
        new FileDecisionLedger(folder).take(List.of("a"), "alice");
        Path file = folder.resolve(FileDecisionLedger.FILE);
        Files.writeString(file, Files.readString(file).strip());

        assertThat(new FileDecisionLedger(folder).take(List.of("a"), "bob")).contains("a");
        assertThat(new FileDecisionLedger(folder).take(List.of("a"), "alice")).isEmpty();
    }

    @Test
    void noticesThatSomebodyCutIt() throws IOException {
        DecisionLedger ledger = new FileDecisionLedger(folder);
        ledger.take(List.of("a"), "alice");
        Files.write(folder.resolve(FileDecisionLedger.FILE), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(() -> ledger.take(List.of("b"), "bob"))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("somebody cut it");
    }

    @Test
    void saysThatItCannotBeWritten() throws IOException {
        Files.createDirectory(folder.resolve(FileDecisionLedger.FILE));

        assertThatThrownBy(() -> new FileDecisionLedger(folder).take(List.of("a"), "alice"))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("Nothing is decided or changed without it");
    }

    @Override
    protected DecisionLedger ledger() {
        return new FileDecisionLedger(folder);
    }

    @Override
    protected String place() {
        return folder.toString();
    }
}
