package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:11434",
                "http://127.0.0.1:11434/",
                "https://localhost",
                "http://127.1.2.3:80",
                "http://[::1]:11434"
            })
    void asksThisMachine(String url) {
        assertThat(AdviceSettings.of(URI.create(url), "m").baseUrl()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.7:11434",
                "http://ollama.example:11434",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://0.0.0.0:11434",
                "http://[::ffff:10.0.0.7]",
                "http://[::]:11434"
            })
    void sendsNoEvidenceElsewhere(String url) {
        assertThatThrownBy(() -> AdviceSettings.of(URI.create(url), "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no evidence was sent")
                .hasMessageContaining(
                        "let the policy allow the host " + URI.create(url).getHost());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1",
                "http://127.0.0.1@evil.example",
                "http://user:secret@127.0.0.1",
                "http://127.0.0.1/proxy?to=evil",
                "http://127.0.0.1/api",
                "127.0.0.1:11434x",
                "http:///x"
            })
    void refusesWhatIsNoPlainAddress(String url) {
        assertThatThrownBy(() -> AdviceSettings.of(URI.create(url.replace("127.0.0.1:11434x", "mailto:x")), "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheme, host and port only")
                .hasMessageNotContaining("secret");
    }

    @Test
    void asksElsewhereWhereThePolicyAllowsIt() {
        URI url = URI.create("http://ollama.example:11434");

        AdviceSettings settings = new AdviceSettings(
                url, "llama3.1:8b", Duration.ofSeconds(90), 8_192, 1_024, 2, Set.of("ollama.example"));

        assertThat(settings.baseUrl()).isEqualTo(url);
        assertThat(settings.tokens(4_096, 100).allowedHosts()).containsExactly("ollama.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "qwen;rm", "$(x)", "-m"})
    void refusesWhatIsNoModel(String model) {
        assertThatThrownBy(() -> AdviceSettings.of(AdviceSettings.DEFAULT_URL, model))
                .hasMessageContaining("is not the name of a model");
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        AdviceSettings settings = AdviceSettings.defaults();

        assertThatThrownBy(() -> settings.tokens(10, 1)).hasMessageContaining("num_ctx");
        assertThatThrownBy(() -> settings.tokens(4_096, 5_000)).hasMessageContaining("num_predict");
        assertThatThrownBy(() -> settings.within(Duration.ZERO)).hasMessageContaining("deadline");
    }
}
