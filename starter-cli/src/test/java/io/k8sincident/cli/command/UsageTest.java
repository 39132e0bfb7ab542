package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.TemporalConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final CommandRun incident = new CommandRun(new Connections() {
        @Override
        public TemporalConnection temporal() {
            throw Problem.error("Temporal does not answer", "incident up");
        }

        @Override
        public ClusterConnection cluster(ClusterChoice choice) {
            throw new IllegalStateException("boom");
        }
    });

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "nonsense", "list --limit x", "show", "completion fish"})
    void answersWhatItDoesNotUnderstandWithTwo(String line) {
        Result result = incident.run(line.split(" ", -1));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("error: ", "nothing was changed", "--help");
    }

    @Test
    void listsEveryCommandInTheHelp() {
        Result result = incident.run("--help");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "triage",
                        "start",
                        "list",
                        "show",
                        "watch",
                        "evidence",
                        "plan",
                        "revise",
                        "approve",
                        "reject",
                        "cancel",
                        "policy",
                        "doctor",
                        "scenarios",
                        "worker",
                        "up",
                        "completion",
                        "version",
                        "demo");
    }

    @Test
    void saysWhatHappenedWhenTemporalDoesNotAnswer() {
        Result result = incident.run("list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("error: Temporal does not answer\n  ·       nothing was changed\n  next    incident up\n");
    }

    @Test
    void hidesTheStackTraceOfASurprise() {
        Result result = incident.run("start", "deployment/crashy");

        assertThat(result.err()).contains("unexpected: ").doesNotContain("\tat ");
    }

    @Test
    void showsTheStackTraceWhenDebugging() {
        Result result = incident.run("start", "deployment/crashy", "--debug");

        assertThat(result.err()).contains("\tat ");
    }

    @Test
    void writesACompletionScript() {
        Result result = incident.run("completion", "bash");

        assertThat(result.out()).contains("complete -F _complete_incident");
    }

    @Test
    void rejectsAnApprovalTimeoutOfMoreThanADay() {
        Result result = incident.run("start", "deployment/crashy", "--approval-timeout", "25h");

        assertThat(result.code()).isEqualTo(2);
    }
}
