package io.k8sincident.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    void servesBothTaskQueuesOfTheLocalClusterByDefault() {
        WorkerSettings settings = bind(Map.of());

        assertThat(settings.cluster()).isEqualTo("local");
        assertThat(settings.orderedRoles()).containsExactly(Role.READER, Role.EXECUTOR);
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
        "incident.kubeconfig, /nowhere/config, INCIDENT_KUBECONFIG",
        "incident.roles, writer, INCIDENT_ROLES",
        "incident.roles, '', INCIDENT_ROLES",
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
                        .doesNotContain("\n"));
    }

    @Test
    void refusesAFileWhereADirectoryIsNeeded() throws Exception {
        Path file = Files.createFile(directory.resolve("runs"));

        Throwable failure = catchThrowable(() -> bind(Map.of("incident.runs", file.toString())));

        assertThat(StartFailure.explain(failure))
                .hasValueSatisfying(line -> assertThat(line).contains("incident.runs", "not a directory"));
    }

    @Test
    void explainsNothingThatIsNotASetting() {
        assertThat(StartFailure.explain(new IllegalStateException("a bug"))).isEmpty();
    }

    private static WorkerSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("incident", WorkerSettings.class);
    }
}
