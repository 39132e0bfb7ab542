package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.Incidents;
import io.k8sincident.cli.TestTemporal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartingTest {
    private final TestTemporal temporal = new TestTemporal(new FakeCluster()).withWorker();
    private final CommandRun incident = new CommandRun(temporal).with("INCIDENT_CLUSTER", "test");

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void opensTheIncidentOfAWorkload() {
        Result result = incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(Incidents.ID + "\n");
        assertThat(result.err()).contains("opened: ", "incident approve deployment/crashy -n demo");
    }

    @Test
    void opensTheIncidentOfTheOwnerWhenGivenAPod() {
        Result result = incident.run("start", "po", "crashy-5d9-x", "-n", "demo", "-o", "name");

        assertThat(result.out()).isEqualTo(Incidents.ID + "\n");
    }

    @Test
    void joinsTheOpenIncident() {
        incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        Result result = incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        assertThat(result.err()).contains("joined the incident that is open").doesNotContain("not REMEDIATE");
    }

    @Test
    void saysThatTheOpenIncidentHasAnotherMode() {
        incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        Result result = incident.run("start", "deployment/crashy", "-n", "demo");

        assertThat(result.err()).contains("it is in mode REMEDIATE, not PROPOSE", "incident cancel");
    }

    @Test
    void saysThatValuesWereNotTakenOver() {
        incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        Result result = incident.run(
                "start", "deployment/crashy", "-n", "demo", "--mode", "remediate", "--set", "app.image=a:1");

        assertThat(result.err()).contains("your values were not taken over", "incident revise");
    }

    @Test
    void waitsForTheOutcome() {
        Result result = incident.run("start", "deployment/crashy", "-n", "demo", "--wait");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("proposed", "PROPOSED");
    }

    @Test
    void hasAModelAskedAndShowsWhatItSaid() {
        Result started = incident.run("start", "deployment/crashy", "-n", "demo", "--wait", "--llm");
        Result shown = incident.run("show", "deployment/crashy", "-n", "demo");

        for (Result result : List.of(started, shown)) {
            assertThat(result.out())
                    .contains("The model's view (decides nothing")
                    .contains("the model disagrees with the rules: it names oom-limit, they name bad-command")
                    .contains("The container is killed. [E1] “exit code 127”", "roll-back")
                    .contains("model qwen2.5:7b · 12.3 s · 2,100 tokens read, 310 written")
                    .contains("1 kept, 2 dropped (2 unknown runbook)");
        }
        assertThat(started.code()).isEqualTo(3);
    }

    @Test
    void asksNoModelUnlessToldTo() {
        Result result = incident.run("start", "deployment/crashy", "-n", "demo", "--wait");

        assertThat(result.out()).doesNotContain("model");
        assertThat(incident.run("show", "deployment/crashy", "-n", "demo", "-o", "json")
                        .out())
                .doesNotContain("advice");
    }

    @Test
    void saysThatNoModelIsAskedAboutTheIncidentThatIsOpen() {
        incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        Result result = incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate", "--llm");

        assertThat(result.err())
                .contains("no model is asked about it", "incident triage deployment/crashy -n demo --llm");
    }

    @Test
    void refusesATypeThatIsNotKnown() {
        Result result = incident.run("start", "gadget/crashy", "-n", "demo");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("the type 'gadget' is not known", "deployment");
    }

    @Test
    void saysThatTheTargetDoesNotExist() {
        Result result = incident.run("start", "deployment/nobody", "-n", "demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("deployment/nobody", "nothing was changed");
    }
}
