package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDecisionLedgerTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void givesAnIdToOneOwnerForEver() {
        DecisionLedger ledger = new FileDecisionLedger(folder);

        assertThat(ledger.take(List.of("a"), "alice")).isEmpty();
        assertThat(ledger.take(List.of("a"), "alice")).isEmpty();
        assertThat(ledger.take(List.of("a"), "bob")).contains("a");
        assertThat(new FileDecisionLedger(folder).take(List.of("a"), "bob")).contains("a");
    }

    @Test
    void givesAllOrNone() {
        DecisionLedger ledger = new FileDecisionLedger(folder);
        ledger.take(List.of("a"), "alice");

        assertThat(ledger.take(List.of("b", "a"), "bob")).contains("a");
        assertThat(ledger.take(List.of("b"), "carol")).isEmpty();
    }

    @Test
    void seesWhatAnotherTookMeanwhile() {
        DecisionLedger one = new FileDecisionLedger(folder);
        DecisionLedger other = new FileDecisionLedger(folder);
        one.take(List.of("a"), "alice");
        other.take(List.of("b"), "bob");

        assertThat(one.take(List.of("b"), "alice")).contains("b");
        assertThat(other.take(List.of("a"), "bob")).contains("a");
    }

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

    @Test
    void givesEachIdToOneOfManyThreadsAndLedgers() throws Exception {
        List<DecisionLedger> ledgers = List.of(new FileDecisionLedger(folder), new FileDecisionLedger(folder));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int id = 0; id < 20; id++) {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int thread = 0; thread < 8; thread++) {
                    String taken = "id-" + id;
                    String owner = "owner-" + thread;
                    DecisionLedger ledger = ledgers.get(thread % 2);
                    answers.add(threads.submit(
                            () -> ledger.take(List.of(taken), owner).isEmpty()));
                }
                int winners = 0;
                for (Future<Boolean> answer : answers) {
                    winners += answer.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givesEachIdToOneOfTwoProcesses() throws IOException, InterruptedException {
        Process alice = process("alice");
        Process bob = process("bob");

        List<String> both = new ArrayList<>(lines(alice));
        both.addAll(lines(bob));

        assertThat(both).hasSize(300).doesNotHaveDuplicates();
    }

    private Process process(String owner) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerProcess.class.getName(),
                        folder.toString(),
                        owner)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
