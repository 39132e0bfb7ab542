package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.TestTemporal;
import io.k8sincident.workflows.model.Mode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SilentWorkerTest {
    private final TestTemporal temporal = new TestTemporal(new FakeCluster());

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    @Timeout(30)
    void saysThatNoWorkerAnswersInsteadOfHanging() {
        temporal.open(Mode.REMEDIATE);
        long start = System.nanoTime();

        Result result = new CommandRun(temporal).run("show", "crashy");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no worker answered", "incident worker");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
