package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsetVariableTest {
    private static Optional<String> of(String env, String log) {
        Fixture fixture = Seen.crash("image: 'i', env: [%s]".formatted(env), log + "\n");
        return UnsetVariable.of(Ends.container(Seen.workload(fixture).troubles().get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL API_KEY is required, API_KEY",
        "'KeyError: ''TOKEN''', TOKEN",
        "error: environment variable TOKEN not set, TOKEN",
        "error: environment variable API_KEY not found, API_KEY",
        "error: please provide the environment variable API_KEY, API_KEY",
        "FATAL LICENCE_KEY and API_KEY must be set, LICENCE_KEY"
    })
    void isNamed(String line, String name) {
        assertThat(of("", line)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL TOKEN is required",
        "FATAL API_KEY expired",
        "INFO API_KEY is required",
        "FATAL it is required",
        "'TypeError [ERR_INVALID_ARG_TYPE]: the argument must be a string. Received undefined'",
        "'ssl.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] a required certificate is missing'",
        "SSL_ERROR_SYSCALL: a required certificate is missing",
        "FATAL invalid value of environment variable API_KEY"
    })
    void isNotNamed(String line) {
        assertThat(of("", line)).isEmpty();
    }

    @Test
    void whatIsSetDoesNotLack() {
        String line = "FATAL LICENCE_KEY and API_KEY must be set";

        assertThat(of("{name: 'LICENCE_KEY', value: 'x'}", line)).contains("API_KEY");
        assertThat(of("{name: 'LICENCE_KEY', value: ''}", line)).contains("LICENCE_KEY");
        assertThat(of("{name: 'OTHER_KEY', value: 'x'}", line)).contains("LICENCE_KEY");
        assertThat(of("{name: 'LICENCE_KEY', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}}", line))
                .contains("API_KEY");
    }

    @Test
    void whatAnObjectSetsDoesNotLack() {
        Fixture fixture = Seen.crash(
                        "image: 'i', envFrom: [{configMapRef: {name: 'app'}}]",
                        "FATAL LICENCE_KEY and API_KEY must be set\n")
                .object("""
                        {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'app', namespace: 'demo'},
                         data: {LICENCE_KEY: 'x'}}""");

        assertThat(UnsetVariable.of(
                        Ends.container(Seen.workload(fixture).troubles().get(0))))
                .contains("API_KEY");
    }

    @ParameterizedTest
    @CsvSource({"configMapKeyRef", "secretKeyRef"})
    void whatIsOptionalMayLack(String reference) {
        String optional =
                "{name: 'API_KEY', valueFrom: {%s: {name: 's', key: 'k', optional: true}}}".formatted(reference);

        assertThat(of(optional, "FATAL API_KEY is required")).contains("API_KEY");
    }
}
