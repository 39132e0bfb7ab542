package io.k8sincident.cli.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.host.Terminals;
import io.k8sincident.cli.output.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalSettingsTest {
    @TempDir
    Path folder;

    private Surroundings surroundings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", folder.toString()));
        environment.putAll(more);
        return new Surroundings(
                environment, folder, new BufferedReader(new StringReader("")), Terminals.none(), Clock.systemUTC());
    }

    private void runStack() throws IOException {
        new LocalStackFile(surroundings(Map.of()))
                .write(new LocalStack(
                        "127.0.0.1:5",
                        "local",
                        null,
                        "k",
                        "practice",
                        true,
                        List.of(ProcessHandle.current().pid())));
    }

    @Test
    void usesTheUsualAddressWhenNothingIsSaid() {
        assertThat(TemporalSettings.of(surroundings(Map.of())).address()).isEqualTo("127.0.0.1:7233");
    }

    @Test
    void usesTheLocalStackThatRuns() throws IOException {
        runStack();

        TemporalSettings settings = TemporalSettings.of(surroundings(Map.of()));

        assertThat(settings.address()).isEqualTo("127.0.0.1:5");
        assertThat(settings.namespace()).isEqualTo("local");
    }

    @Test
    void prefersTheEnvironmentToTheLocalStack() throws IOException {
        runStack();

        TemporalSettings settings =
                TemporalSettings.of(surroundings(Map.of("TEMPORAL_ADDRESS", "prod:7233", "TEMPORAL_NAMESPACE", "sre")));

        assertThat(settings.address()).isEqualTo("prod:7233");
        assertThat(settings.namespace()).isEqualTo("sre");
    }

    @Test
    void readsTheProfileFile() throws IOException {
        Path file = folder.resolve("temporal.toml");
        Files.writeString(file, "[profile.prod]\naddress = \"cloud:7233\"\nnamespace = \"sre\"\n");

        TemporalSettings settings = TemporalSettings.of(
                surroundings(Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_PROFILE", "prod")));

        assertThat(settings.address()).isEqualTo("cloud:7233");
    }

    @Test
    void saysThatAProfileFileCannotBeRead() throws IOException {
        Path file = folder.resolve("temporal.toml");
        Files.writeString(file, "[profile");

        assertThatThrownBy(() -> TemporalSettings.of(surroundings(Map.of("TEMPORAL_CONFIG_FILE", file.toString()))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Temporal's client configuration cannot be read");
    }

    @Test
    void saysThatNobodyAnswers() {
        TemporalSettings settings = TemporalSettings.of(surroundings(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1")));

        assertThatThrownBy(() -> TemporalConnection.open(settings))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Temporal does not answer at 127.0.0.1:1");
    }
}
