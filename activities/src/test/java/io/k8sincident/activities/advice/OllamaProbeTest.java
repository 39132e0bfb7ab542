package io.k8sincident.activities.advice;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.k8sincident.activities.advice.ModelProbe.Readiness;
import io.k8sincident.activities.advice.ModelProbe.State;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaProbeTest {
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Readiness probe(String model, ResponseDefinitionBuilder answer) {
        server.stubFor(get("/api/tags").willReturn(answer));
        return probe(URI.create("http://127.0.0.1:" + server.port()), model);
    }

    private static Readiness probe(URI url, String model) {
        try (OllamaProbe probe = new OllamaProbe(AdviceSettings.of(url, model))) {
            return probe.probe();
        }
    }

    @Test
    void findsTheModel() {
        ResponseDefinitionBuilder tags = okJson("{\"models\":[{\"name\":\"a:1\"},{\"name\":\"b:latest\"}]}");

        assertThat(probe("a:1", tags).ready()).isTrue();
        assertThat(probe("b", tags).ready()).isTrue();
        assertThat(probe("a:1", tags).commands()).isEmpty();
    }

    @Test
    void saysHowToGetAMissingModel() {
        Readiness readiness = probe("qwen2.5:7b", okJson("{\"models\":[{\"name\":\"a:1\"}]}"));

        assertThat(readiness.state()).isEqualTo(State.MODEL_MISSING);
        assertThat(readiness.message()).contains("does not have the model qwen2.5:7b; it has a:1");
        assertThat(readiness.commands()).containsExactly("ollama pull qwen2.5:7b");
    }

    @Test
    void saysHowToStartAServer() {
        server.stop();
        Readiness readiness = probe(URI.create("http://127.0.0.1:9"), "a:1");

        assertThat(readiness.state()).isEqualTo(State.UNREACHABLE);
        assertThat(readiness.commands()).containsExactly("ollama serve");
    }

    @Test
    void isNotFooledByAnotherServer() {
        assertThat(probe("a:1", ok("<html>it works</html>")).state()).isEqualTo(State.UNUSABLE);
        assertThat(probe("a:1", okJson("[1]")).state()).isEqualTo(State.UNUSABLE);
        assertThat(probe("a:1", aResponse().withStatus(403)).message()).contains("status 403");
        assertThat(probe("a:1", ok("x".repeat(2_000_000))).state()).isEqualTo(State.UNUSABLE);
    }

    @Test
    void waitsNoLongerThanFiveSeconds() {
        long start = System.nanoTime();

        Readiness readiness = probe("a:1", ok("{}").withFixedDelay(30_000));

        assertThat(readiness.state()).isEqualTo(State.UNREACHABLE);
        assertThat(System.nanoTime() - start).isLessThan(12_000_000_000L);
    }
}
