package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code worker} ended from outside: a worker that stayed would go on with a policy that nobody sees. */
class WorkerCommandIT {
    @TempDir
    Path runs;

    private Process command;
    private List<ProcessHandle> workers = List.of();

    @BeforeEach
    void start() throws IOException {
        command = new Product(RealServers.required(), runs).startWorkerCommand("command");
        workers = command.children().toList();
    }

    @AfterEach
    void end() {
        command.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsItsWorkerWhenItIsTerminated() throws Exception {
        assertThat(workers).hasSize(1);

        command.destroy();

        assertThat(command.waitFor()).as("exit code of SIGTERM").isEqualTo(143);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !workers.get(0).isAlive());
    }
}
