package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what a parser complains of are the arguments of the container. */
class BadArgumentsTest {
    private static boolean found(String args, String log) {
        String container = "image: 'i', args: [%s], env: [{name: 'CACHE_MODE', value: 'fast'}],"
                + " volumeMounts: [{name: 'c', mountPath: '/etc/app'}]";
        return Seen.by(new BadArguments(), Seen.crash(container.formatted(args), log + "\n"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FATAL /etc/app/app.conf:12: unknown option 'retrys'",
                "ValueError: invalid value 'fast' for CACHE_MODE: expected write-through or write-back",
                "Error: invalid value 'fast' for option CACHE_MODE",
                "FATAL invalid value 'fast': expected write-through or write-back",
                "ReplyError: ERR unknown command 'CLIENT'"
            })
    void aFileAVariableOrAServerIsNotItsArguments(String line) {
        assertThat(found("'--config', '/etc/app/app.conf'", line)).isFalse();
    }

    @Test
    void aFileOrAVariableMayStandBesideTheArgument() {
        assertThat(found("'--config', '/etc/app/x'", "error: invalid value '/etc/app/x' for '--config'"))
                .isTrue();
        assertThat(found("'/etc/app/x'", "error: unexpected argument '/etc/app/x' found"))
                .isTrue();
        assertThat(found("'sh', '-c', 'app --prot 1'", "/etc/app/run: unrecognized option: --prot"))
                .isTrue();
        assertThat(found("'--mode', 'x'", "Error: Invalid value for '--mode' (env var: CACHE_MODE): x"))
                .isTrue();
        assertThat(found("'run'", "Error: Invalid value for '--mode' (env var: CACHE_MODE): x"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARN unknown option --colour\nFATAL no licence",
                "unknown option --colour, ignoring it\nFATAL no licence",
            })
    void aComplaintThatWasSurvivedIsNotTheEnd(String log) {
        assertThat(found("'--colour'", log)).isFalse();
    }

    @Test
    void anOptionOrAVariableMayComeFromAConfigMap() {
        String container = "image: 'i', args: ['java'], envFrom: [{configMapRef: {name: 'app'}}]";
        String config = """
                {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'app', namespace: 'demo'},
                 data: {JAVA_OPTS: '-Xmz1g', MODE: 'fast'}}""";

        assertThat(Seen.by(
                        new BadArguments(),
                        Seen.crash(container, "Unrecognized option: -Xmz1g\n").object(config)))
                .isEmpty();
        assertThat(Seen.by(
                        new BadArguments(),
                        Seen.crash(container, "Error: invalid value 'fast' for option MODE\n")
                                .object(config)))
                .isEmpty();
        assertThat(Seen.by(new BadArguments(), Seen.crash(container, "Unrecognized option: -Xmz1g\n")))
                .isPresent();
    }

    @Test
    void anOptionMayBeCalledAsWhatSurvivesAnError() {
        assertThat(found(
                        "'-retry-limit'", "flag provided but not defined: -retry-limit\nUsage of app:\n  -mode string"))
                .isTrue();
    }

    @Test
    void theComplaintAtTheEndMaySayWhatToUseInstead() {
        assertThat(found("'--colour'", "error: unknown option --colour, use --color instead"))
                .isTrue();
    }
}
