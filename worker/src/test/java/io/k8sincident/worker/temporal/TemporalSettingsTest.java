package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.worker.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void usesADevelopmentServersAddressWhenNothingIsConfigured() throws Exception {
        TemporalSettings settings = TemporalSettings.load(Map.of("TEMPORAL_CONFIG_FILE", emptyProfile()));

        assertThat(settings.address()).isEqualTo("127.0.0.1:7233");
        assertThat(settings.namespace()).isEqualTo("default");
    }

    @Test
    void prefersTheEnvironmentToTheProfileFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("temporal.toml"),
                "[profile.default]\naddress = \"file:7233\"\nnamespace = \"from-file\"\n");

        TemporalSettings settings = TemporalSettings.load(
                Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_ADDRESS", "environment:7233"));

        assertThat(settings.address()).isEqualTo("environment:7233");
        assertThat(settings.namespace()).isEqualTo("from-file");
    }

    @Test
    void speaksTlsWhenToldTo() throws Exception {
        TemporalSettings settings =
                TemporalSettings.load(Map.of("TEMPORAL_CONFIG_FILE", emptyProfile(), "TEMPORAL_TLS", "true"));

        assertThat(settings.stubsOptions().getSslContext()).isNotNull();
    }

    @Test
    void speaksTlsWithAnApiKey() throws Exception {
        TemporalSettings settings =
                TemporalSettings.load(Map.of("TEMPORAL_CONFIG_FILE", emptyProfile(), "TEMPORAL_API_KEY", "secret"));

        assertThat(settings.stubsOptions().getEnableHttps()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPORAL_ADDRESS, localhost, TEMPORAL_ADDRESS",
        "TEMPORAL_ADDRESS, localhost:0, TEMPORAL_ADDRESS",
        "TEMPORAL_ADDRESS, localhost:70000, TEMPORAL_ADDRESS",
        "TEMPORAL_ADDRESS, ' :7233', TEMPORAL_ADDRESS",
        "TEMPORAL_TLS, yes, TEMPORAL_TLS",
        "TEMPORAL_CONFIG_FILE, /nowhere/temporal.toml, TEMPORAL_CONFIG_FILE",
        "TEMPORAL_PROFILE, nobody, TEMPORAL_PROFILE",
    })
    void refusesABadValueAndNamesIt(String name, String value, String named) throws Exception {
        Map<String, String> environment = name.equals("TEMPORAL_CONFIG_FILE")
                ? Map.of(name, value)
                : Map.of("TEMPORAL_CONFIG_FILE", emptyProfile(), name, value);

        assertThatThrownBy(() -> TemporalSettings.load(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void refusesAProfileFileThatIsNotToml() throws Exception {
        Path file = Files.writeString(directory.resolve("temporal.toml"), "profile root:x:0:0\nmore");

        assertThatThrownBy(() -> TemporalSettings.load(Map.of("TEMPORAL_CONFIG_FILE", file.toString())))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesACertificateThatIsNotThere() throws Exception {
        TemporalSettings settings = TemporalSettings.load(
                Map.of("TEMPORAL_CONFIG_FILE", emptyProfile(), "TEMPORAL_TLS_CLIENT_CERT_PATH", "/nowhere/cert.pem"));

        assertThatThrownBy(settings::stubsOptions)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/nowhere/cert.pem");
    }

    private String emptyProfile() throws Exception {
        return Files.writeString(directory.resolve("empty.toml"), "").toString();
    }
}
