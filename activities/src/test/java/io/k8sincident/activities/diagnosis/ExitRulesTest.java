package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.NEW_IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.crash;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a container says when it ends, in the words of other languages and runtimes. */
class ExitRulesTest {
    @Test
    void anAbortIsAnExitOfTheApplication() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        134,
                        "terminate called after throwing an instance of 'std::runtime_error'\n  what():  x\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void whatSpringAdvisesFollowsItsError() {
        Diagnosis diagnosis = crash(IMAGE, 1, """
                        APPLICATION FAILED TO START

                        Description:

                        Failed to configure a DataSource

                        Reason: Failed to determine a driver

                        Action:

                        Consider the following:
                        \tmore
                        """).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void aColouredLogIsReadWithoutItsColours() {
        Diagnosis diagnosis =
                crash(IMAGE, 1, "\u001b[31mERROR\u001b[0m schema is too old\n").diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void aDeadlineThatPassedIsAnErrorWithoutALevel() {
        Diagnosis diagnosis = crash(IMAGE, 1, "2026/03/01 12:00:00 context deadline exceeded\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void theUnsetVariableIsAtFault() {
        Diagnosis diagnosis = crash(
                        IMAGE, 1, "Traceback (most recent call last):\n  File \"/m.py\"\nKeyError: 'API_KEY'\n")
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("env[API_KEY]");
        assertThat(culprit(diagnosis).value()).isEqualTo("not set");
    }

    @Test
    void aVariableThatIsSetIsNotTheOneThatLacks() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'API_KEY', value: 'x'}]", 1, "FATAL: API_KEY is required by region\n")
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isNotEqualTo("env[API_KEY]");
    }

    @Test
    void withoutAChangeTheContainerIsAtFaultAndNotItsImage() {
        Diagnosis diagnosis = crash(IMAGE, 1, "FATAL: licence has ended\n").diagnosis();

        assertThat(culprit(diagnosis).container()).isEqualTo("app");
        assertThat(culprit(diagnosis).field()).isNull();
    }

    @Test
    void theChangedImageIsAtFault() {
        Diagnosis diagnosis = crash(NEW_IMAGE, 1, "FATAL: table is not there\n").diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("image");
    }

    @Test
    void theQuotedValueTellsTheVariable() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'POOL', value: 'ten'}, {name: 'MODE', value: 'fast'}]",
                        1,
                        "ValueError: invalid literal for int() with base 10: 'ten'\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-env-value");
        assertThat(culprit(diagnosis))
                .extracting(Culprit::field, Culprit::value)
                .containsExactly("env[POOL]", "ten");
    }

    @Test
    void anOptionOfAVariableIsNoArgument() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", args: ['java'], env: [{name: 'JAVA_OPTS', value: '-Xmz1g'}]",
                        1,
                        "Unrecognized option: -Xmz1g\nError: Could not create the Java Virtual Machine.\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("bad-arguments");
    }

    @Test
    void aLevelThatAnErrorSpeaksOfIsNotItsOwn() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'LEVEL', value: 'loud'}]",
                        1,
                        "Error: invalid LEVEL \"loud\", must be one of debug, info\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-env-value");
    }

    @Test
    void anEntrypointWithoutItsInterpreterIsNoBadCommand() {
        Diagnosis diagnosis = crash(IMAGE, 127, "env: can't execute 'python3': No such file or directory\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-interpreter");
    }

    @Test
    void aLibraryOfAnOlderVersionIsAMissingOne() {
        Diagnosis diagnosis = crash(IMAGE, 1, "/app: libc.so.6: version `GLIBC_2.34' not found (required by /app)\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-shared-library");
    }

    @Test
    void theReportOfAJvmAboutAMemoryFaultIsASegfault() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        134,
                        "# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb)\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("segfault");
    }

    @Test
    void itFailsSinceItsFirstBackOff() {
        Diagnosis diagnosis = crash(IMAGE, 1, "FATAL: no licence\n")
                .event("BackOff", "Back-off restarting failed container", 9)
                .diagnosis();

        assertThat(diagnosis.since()).isEqualTo(Instant.parse("2026-03-01T11:52:00Z"));
    }

    @Test
    void sigtermFromNobodyKnownIsNoCause() {
        Diagnosis diagnosis = crash(IMAGE, 143, "INFO serving\n").diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
    }
}
