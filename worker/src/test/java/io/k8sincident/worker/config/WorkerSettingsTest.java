package io.k8sincident.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.k8sincident.activities.advice.AdviceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void servesAllTaskQueuesOfTheLocalClusterByDefault() {
        WorkerSettings settings = bind(Map.of());

        assertThat(settings.cluster()).isEqualTo("local");
        assertThat(settings.orderedRoles()).containsExactly(Role.READER, Role.EXECUTOR, Role.ADVISER);
        assertThat(settings.stickyTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.policyFile()).isEmpty();
    }

    @Test
    void takesAnEmptySettingForAnAbsentOne() {
        WorkerSettings settings =
                bind(Map.of("incident.policy", "", "incident.kubeconfig", "", "incident.context", ""));

        assertThat(settings.policyFile()).isEmpty();
        assertThat(settings.kubeconfig()).isNull();
        assertThat(settings.context()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "incident.cluster, a:b, INCIDENT_CLUSTER",
        "incident.cluster, '', INCIDENT_CLUSTER",
        "incident.policy, /nowhere/policy.yaml, INCIDENT_POLICY",
        "incident.allowed-signers, /nowhere/allowed_signers, incident init",
        "incident.audit-database, postgres://host/db, write it as jdbc:postgresql://HOST:PORT/DATABASE",
        "incident.audit-database, jdbc:postgresql://host, names no server or no database",
        "incident.audit-database, jdbc:postgresql:///db, names no server or no database",
        "incident.audit-database, jdbc:postgresql://host/a b, is no address",
        "incident.audit-database, jdbc:postgresql://me:hidden@host/db, INCIDENT_AUDIT_DATABASE_PASSWORD_FILE",
        "incident.audit-database, jdbc:postgresql://host/db?user=me&password=hidden, INCIDENT_AUDIT_DATABASE_USER",
        "incident.kubeconfig, /nowhere/config, INCIDENT_KUBECONFIG",
        "incident.roles, writer, INCIDENT_ROLES",
        "incident.roles, '', INCIDENT_ROLES",
        "incident.llm.deadline, soon, duration such as 5s",
        "incident.sticky-timeout, soon, duration such as 5s",
        "incident.sticky-timeout, -1s, use 5s",
        "incident.exit-with-parent, perhaps, true or false",
        "incident.ready-file, /nowhere/ready, create the directory",
    })
    void refusesABadValueInOneLineWithItsNameAndTheRemedy(String name, String value, String remedy) {
        Throwable failure = catchThrowable(() -> bind(Map.of(name, value)));

        assertThat(StartFailure.explain(failure))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith(name)
                        .contains(remedy, "nothing was changed")
                        .doesNotContain("\n", "hidden"));
    }

    @Test
    void takesThePasswordOfTheDatabaseFromTheEnvironmentOrFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "hidden in a file\n");
        Map<String, String> address = Map.of(
                "incident.audit-database",
                "jdbc:postgresql://host/db?sslmode=require",
                "incident.audit-database-user",
                "me");

        WorkerSettings settings = bind(and(address, "incident.audit-database-password", "hidden"));

        assertThat(settings.auditDatabaseAddress()).hasValueSatisfying(database -> {
            assertThat(database.name()).isEqualTo("jdbc:postgresql://host/db");
            assertThat(database.url()).endsWith("sslmode=require");
            assertThat(database.properties()).containsEntry("user", "me").containsEntry("password", "hidden");
        });
        assertThat(settings.toString()).doesNotContain("hidden");
        assertThat(bind(and(address, "incident.audit-database-password-file", file.toString()))
                        .auditDatabaseAddress())
                .hasValueSatisfying(
                        database -> assertThat(database.properties()).containsEntry("password", "hidden in a file"));
        assertThat(bind(Map.of()).auditDatabaseAddress()).isEmpty();
    }

    @Test
    void refusesAPasswordFileThatIsNotThereAndTwoPasswords() {
        Map<String, String> missing = Map.of(
                "incident.audit-database",
                "jdbc:postgresql://host/db",
                "incident.audit-database-password-file",
                "/nowhere");

        assertThat(StartFailure.explain(catchThrowable(() -> bind(missing))))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("/nowhere", "INCIDENT_AUDIT_DATABASE_PASSWORD_FILE"));
        assertThat(StartFailure.explain(
                        catchThrowable(() -> bind(and(missing, "incident.audit-database-password", "hidden")))))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("give one of").doesNotContain("hidden"));
    }

    @Test
    void refusesAFileWhereADirectoryIsNeeded() throws Exception {
        Path file = Files.createFile(directory.resolve("runs"));

        Throwable failure = catchThrowable(() -> bind(Map.of("incident.runs", file.toString())));

        assertThat(StartFailure.explain(failure))
                .hasValueSatisfying(line -> assertThat(line).contains("incident.runs", "not a directory"));
    }

    @Test
    void asksTheDefaultModelOfThisMachineUnlessToldOtherwise() {
        assertThat(bind(Map.of()).llm()).isEqualTo(LlmSettings.defaults());
        assertThat(LlmSettings.defaults().atStart(Set.of())).isEqualTo(AdviceSettings.defaults());
        assertThat(bind(Map.of("incident.llm.model", "smollm2:135m", "incident.llm.url", " "))
                        .llm()
                        .atStart(Set.of())
                        .model())
                .isEqualTo("smollm2:135m");
    }

    @ParameterizedTest
    @CsvSource({
        "http://llm.example.com:11434, m:1, 90s, let the policy allow the host",
        "ftp://127.0.0.1, m:1, 90s, scheme",
        "http://[, m:1, 90s, INCIDENT_LLM_URL",
        "'', 'not a model', 90s, ollama list",
        "'', m:1, 11m, between 1 millisecond and 10 minutes",
    })
    void refusesAModelThatCannotBeAsked(String url, String model, String deadline, String message) {
        LlmSettings llm = bind(Map.of(
                        "incident.llm.url", url, "incident.llm.model", model, "incident.llm.deadline", deadline))
                .llm();

        Throwable failure = catchThrowable(() -> llm.atStart(Set.of()));

        assertThat(StartFailure.explain(failure))
                .hasValueSatisfying(line -> assertThat(line).contains("incident.llm", message, "nothing was changed"));
    }

    @Test
    void mayAskOnAHostThatThePolicyNames() {
        LlmSettings llm =
                bind(Map.of("incident.llm.url", "https://llm.example.com")).llm();

        assertThat(llm.atStart(Set.of("llm.example.com")).baseUrl().getHost()).isEqualTo("llm.example.com");
    }

    @Test
    void explainsNothingThatIsNotASetting() {
        assertThat(StartFailure.explain(new IllegalStateException("a bug"))).isEmpty();
    }

    private static Map<String, String> and(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static WorkerSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("incident", WorkerSettings.class);
    }
}
