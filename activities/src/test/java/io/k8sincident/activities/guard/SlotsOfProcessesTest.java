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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four executors in processes of their own, with one trail in files, that claim at the same time. */
@FaultRow("limits under executions of several processes at once")
class SlotsOfProcessesTest {
    private static final int PROCESSES = 4;
    private static final int CLAIMS = 25;

    @TempDir
    Path folder = Path.of("");

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{actionsPerHour: 7}", "{inFlightPerNamespace: 7}"})
    void givesNoSlotTwice(String limits) throws IOException {
        List<BufferedReader> told = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Process process = start(limits, "incident-" + i);
            processes.add(process);
            told.add(process.inputReader(StandardCharsets.UTF_8));
        }
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

        assertThat(granted).isEqualTo(7);
    }

    private Process start(String limits, String name) throws IOException {
        return TestJvm.of(ClaimingProcess.class, folder.toString(), limits, name, Integer.toString(CLAIMS))
                .start();
    }
}
