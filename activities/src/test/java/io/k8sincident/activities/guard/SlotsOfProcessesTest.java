package io.k8sincident.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four executors in processes of their own, with one trail in files, that claim at the same time. */
@FaultRow("limits under executions of several processes at once")
class SlotsOfProcessesTest {
    private static final int PROCESSES = 4;
    private static final int CLAIMS = 25;
    private static final List<String> LIMITS = List.of("{actionsPerHour: 7}", "{inFlightPerNamespace: 7}");

    @TempDir
    Path folder = Path.of("");

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void givesNoSlotTwice() throws IOException {
        List<BufferedReader> told = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Process process = start("incident-" + i);
            processes.add(process);
            told.add(process.inputReader(StandardCharsets.UTF_8));
        }

        for (String limits : LIMITS) {
            assertThat(grantedAtOnce(told)).as(limits).isEqualTo(7);
        }
    }

    /** By all of them under the same limits. */
    private int grantedAtOnce(List<BufferedReader> told) throws IOException {
        for (BufferedReader line : told) {
            assertThat(line.readLine()).isEqualTo("ready");
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        int granted = 0;
        for (BufferedReader line : told) {
            granted += Integer.parseInt(line.readLine());
        }
        return granted;
    }

    private Process start(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(name, Integer.toString(CLAIMS)));
        for (int i = 0; i < LIMITS.size(); i++) {
            arguments.add(folder.resolve("trail-" + i).toString());
            arguments.add(LIMITS.get(i));
        }
        return TestJvm.of(ClaimingProcess.class, arguments.toArray(String[]::new))
                .start();
    }
}
