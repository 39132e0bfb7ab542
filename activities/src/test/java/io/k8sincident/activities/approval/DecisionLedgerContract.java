package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger promises, whatever lies behind it. */
public abstract class DecisionLedgerContract {
    /** One more ledger, as another process would open it, on the store of this test. */
    protected abstract DecisionLedger ledger();

    /** What another process is told of the store: a folder, or a database. */
    protected abstract String place();

    /** What another process needs beside it. */
    protected void tell(ProcessBuilder process) {}

    @Test
    void givesAnIdToOneOwnerForEver() {
        DecisionLedger ledger = ledger();

        assertThat(ledger.take(List.of("a"), "alice")).isEmpty();
        assertThat(ledger.take(List.of("a"), "alice")).isEmpty();
        assertThat(ledger.take(List.of("a"), "bob")).contains("a");
        assertThat(ledger().take(List.of("a"), "bob")).contains("a");
    }

    @Test
    void givesAllOrNone() {
        DecisionLedger ledger = ledger();
        ledger.take(List.of("a"), "alice");

        assertThat(ledger.take(List.of("b", "a"), "bob")).contains("a");
        assertThat(ledger.take(List.of("b"), "carol")).isEmpty();
    }

    @Test
    void seesWhatAnotherTookMeanwhile() {
        DecisionLedger one = ledger();
        DecisionLedger other = ledger();
        one.take(List.of("a"), "alice");
        other.take(List.of("b"), "bob");

        assertThat(one.take(List.of("b"), "alice")).contains("b");
        assertThat(other.take(List.of("a"), "bob")).contains("a");
    }

    @Test
    void givesEachIdToOneOfManyThreadsAndLedgers() throws Exception {
        List<DecisionLedger> ledgers = List.of(ledger(), ledger());
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
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerProcess.class.getName(),
                        place(),
                        owner)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        tell(builder);
        return builder.start();
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
