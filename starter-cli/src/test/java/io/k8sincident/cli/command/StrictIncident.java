package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.Incidents;
import io.k8sincident.cli.TestTemporal;
import org.junit.jupiter.api.AfterEach;

/** A person, and an incident whose plan asks for signed decisions. */
abstract class StrictIncident extends AtHome {
    static final String DIGEST = String.valueOf(Incidents.strictProposal().digest());

    final TestTemporal temporal = new TestTemporal(new FakeCluster()).withWorker();
    final CommandRun incident = new CommandRun(temporal).with("INCIDENT_CLUSTER", "test");

    @Override
    CommandRun incident() {
        return incident;
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    void open() {
        assertThat(incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate", "--as", "strict")
                        .code())
                .isZero();
    }
}
