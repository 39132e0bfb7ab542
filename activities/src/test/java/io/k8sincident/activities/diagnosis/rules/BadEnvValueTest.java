package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadEnvValueTest {
    private static Optional<Finding> found(String env, String log) {
        return Seen.by(new BadEnvValue(), Seen.crash("image: 'i', env: [%s]".formatted(env), log));
    }

    private static String variable(String name, String value) {
        return "{name: '%s', value: '%s'}".formatted(name, value);
    }

    @Test
    void theVariableThatTheComplaintNamesIsAtFault() {
        Optional<Finding> found = found(variable("POOL", "ten"), "FATAL POOL must be a number\n");

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("Deployment", "web", "app", "env[POOL]", "ten"));
        assertThat(Seen.said(found.orElseThrow()))
                .containsExactly(
                        "the application refuses the value of POOL",
                        "the pod's spec sets it",
                        "container app ended by itself with an error");
        assertThat(Seen.ruledOut(found.orElseThrow())).containsExactly("oom-limit", "liveness-probe-kill");
    }

    @Test
    void aVariableFromElsewhereIsSetAsWell() {
        String from = "{name: 'POOL', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}}";

        assertThat(Seen.culprit(found(from, "FATAL POOL must be a number\n")).value())
                .isNull();
        assertThat(found("{name: 'POOL'}", "FATAL POOL must be a number\n")).isEmpty();
    }

    private static Optional<Finding> from(String kind, String prefix, String env, String log) {
        String reference = kind.equals("Secret") ? "secretRef" : "configMapRef";
        return Seen.by(
                new BadEnvValue(),
                Seen.crash(
                                "image: 'i', envFrom: [{prefix: '%s', %s: {name: 'app'}}], env: [%s]"
                                        .formatted(prefix, reference, env),
                                log)
                        .object("""
                                {apiVersion: 'v1', kind: '%s', metadata: {name: 'app', namespace: 'demo'},
                                 data: {WORKERS: '4 three', EMPTY: ''}}""".formatted(kind)));
    }

    private static final String NOT_A_NUMBER =
            "level=fatal msg=\"invalid value of environment variable WORKERS\" err=\"strconv.Atoi: parsing: invalid syntax\"\n";

    @Test
    void aVariableMayBeTheKeyOfAnObject() {
        Optional<Finding> found = from("ConfigMap", "", "", NOT_A_NUMBER);

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("ConfigMap", "app", null, "data.WORKERS", "4 three"));
        assertThat(found.orElseThrow().claims().get(1).facts().get(0).summary())
                .isEqualTo("sets WORKERS from ConfigMap app");
        assertThat(Seen.culprit(from("ConfigMap", "APP_", "", "FATAL APP_WORKERS must be a number\n")))
                .isEqualTo(new Culprit("ConfigMap", "app", null, "data.WORKERS", "4 three"));
        assertThat(Seen.culprit(from("Secret", "", "", NOT_A_NUMBER)))
                .isEqualTo(new Culprit("Secret", "app", null, "data.WORKERS", null));
        assertThat(from("ConfigMap", "", "", "FATAL EMPTY must be a number\n")).isEmpty();
    }

    @Test
    void whatTheSpecNamesItselfComesBeforeTheKey() {
        assertThat(Seen.culprit(from("ConfigMap", "", variable("WORKERS", "five"), NOT_A_NUMBER)))
                .isEqualTo(new Culprit("Deployment", "web", "app", "env[WORKERS]", "five"));
        assertThat(from("ConfigMap", "", "{name: 'WORKERS'}", NOT_A_NUMBER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FATAL XPOOL must be a number",
                "FATAL POOL_SIZE must be a number",
                "FATAL POOLS must be a number",
                "FATAL 9POOL must be a number",
                "FATAL _POOL must be a number",
                "FATAL it must be a number"
            })
    void anotherNameIsNotTheVariables(String line) {
        assertThat(found(variable("POOL", "ten"), line + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POOL: fatal, must be a number",
                "FATAL must be a number: POOL",
                "FATAL ($POOL) must be a number",
                "FATAL XPOOL and POOL must be a number"
            })
    void theWholeNameMayStandAnywhere(String line) {
        assertThat(found(variable("POOL", "ten"), line + "\n")).isPresent();
    }

    @Test
    void aShortNameCouldBeAnyWord() {
        assertThat(found(variable("DB", "ten"), "FATAL DB must be a number\n")).isEmpty();
        assertThat(found(variable("DBS", "ten"), "FATAL DBS must be a number\n"))
                .isPresent();
    }

    @Test
    void ofSeveralNoneIsNamed() {
        assertThat(found(variable("AAA", "1") + "," + variable("BBB", "2"), "FATAL AAA or BBB must be a number\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\"ten\"', true", "'''ten''', true", "'`ten`', true", "ten, false", "'\"ten', false"})
    void theQuotedValueTellsTheVariable(String quoted, boolean found) {
        assertThat(found(variable("POOL", "ten"), "FATAL invalid value " + quoted + "\n")
                        .isPresent())
                .isEqualTo(found);
    }

    @Test
    void aSingleCharacterCouldBeAnything() {
        assertThat(found(variable("POOL", "x"), "FATAL invalid value 'x'\n")).isEmpty();
        assertThat(found(variable("POOL", "xy"), "FATAL invalid value 'xy'\n")).isPresent();
    }

    @Test
    void theCodeAboveTheErrorNamesIt() {
        String traceback = "Traceback (most recent call last):\n  File 'm.py', line 1\n    int(os.environ['POOL'])\n%s"
                + "ValueError: invalid literal for int() with base 10\n";

        assertThat(found(variable("POOL", "ten"), traceback.formatted(""))).isPresent();
        assertThat(found(variable("POOL", "ten"), traceback.formatted("    x\n".repeat(11))))
                .isPresent();
        assertThat(found(variable("POOL", "ten"), traceback.formatted("    x\n".repeat(12))))
                .isEmpty();
        assertThat(found(
                        variable("POOL", "ten"),
                        traceback.replace("    int", "int").formatted("")))
                .isEmpty();
    }

    @Test
    void otherComplaintsAreNotOfAValue() {
        assertThat(found(variable("POOL", "ten"), "FATAL POOL exhausted\n")).isEmpty();
    }
}
