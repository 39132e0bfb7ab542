package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.Incidents;
import io.k8sincident.cli.TestTemporal;
import io.k8sincident.workflows.model.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingIncidentsTest {
    private final TestTemporal temporal = new TestTemporal(new FakeCluster()).withWorker();
    private final CommandRun incident = new CommandRun(temporal);

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void listsAnOpenIncidentOnAServerWithoutQueries() {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run("list");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("demo/deployment/crashy", "incident ");
    }

    @Test
    void saysThatNothingIsOpen() {
        Result result = incident.run("list");

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no open incidents");
    }

    @Test
    void listsAClosedIncidentWithItsOutcome() {
        temporal.open(Mode.PROPOSE);
        incident.run("watch", Incidents.ID);

        Result result = incident.run("list", "--all");

        assertThat(result.out()).contains("PROPOSED", "bad-command", "LOW");
    }

    @Test
    void listsAsJsonWithAStableSchema() {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run("list", "-o", "json");

        assertThat(result.out())
                .contains(
                        "\"kind\" : \"IncidentList\"", "\"workflowId\" : \"" + Incidents.ID + "\"", "\"open\" : true");
    }

    @ParameterizedTest
    @ValueSource(strings = {Incidents.ID, "deployment/crashy -n demo", "deploy crashy", "crashy", "demo:deployment"})
    void findsAnIncidentHoweverItIsNamed(String name) {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run(("show -o name " + name).split(" ", -1));

        assertThat(result.out()).isEqualTo(Incidents.ID + "\n");
    }

    @Test
    void saysThatThereIsNoSuchIncident() {
        Result result = incident.run("show", "deployment/other", "-n", "demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("there is no incident 'deployment/other' in namespace demo", "incident list");
    }

    @Test
    void showsAClosedIncidentFromItsHistory() {
        temporal.open(Mode.PROPOSE);
        incident.run("watch", Incidents.ID);

        Result result = incident.run("show", "crashy");

        assertThat(result.out()).contains("PROPOSED", "bad-command", "[E1 E2]");
    }

    @Test
    void showsOneObservation() {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run("evidence", "crashy", "E1");

        assertThat(result.out()).contains("exit code 127", "Pod/crashy-1 status");
    }

    @Test
    void saysWhichObservationsThereAre() {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run("evidence", "crashy", "E9");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("there is no observation E9, only E1 E2 E3");
    }

    @Test
    void showsThePlanWithItsDiff() {
        temporal.open(Mode.REMEDIATE);

        Result result = incident.run("plan", "crashy");

        assertThat(result.out()).contains(Incidents.DIGEST, "+command: [/bin/crash]", "kubectl rollout undo");
    }

    @Test
    void endsWatchingWithTheCodeOfTheOutcome() {
        temporal.open(Mode.PROPOSE);

        Result result = incident.run("watch", "crashy");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("ended", "PROPOSED");
    }
}
