package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code worker} ended from outside: a worker that stayed would go on with a policy that nobody sees. */
class WorkerCommandIT {
    @TempDir
    Path runs;

    private @Nullable Process command;
    private List<ProcessHandle> workers = List.of();

    @BeforeEach
    void start() throws IOException {
        Process started = new Product(RealServers.required(), runs).startWorkerCommand("command");
        command = started;
        workers = started.children().toList();
    }

    @AfterEach
    void end() {
        if (command != null) {
            command.destroyForcibly();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsItsWorkerWhenItIsTerminated() throws Exception {
        assertThat(workers).hasSize(1);
        Process terminated = Objects.requireNonNull(command);

        terminated.destroy();

        assertThat(terminated.waitFor()).as("exit code of SIGTERM").isEqualTo(143);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !workers.get(0).isAlive());
    }
}
