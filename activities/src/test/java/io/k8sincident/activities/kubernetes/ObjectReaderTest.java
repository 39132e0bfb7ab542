package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectReaderTest {
    /** As a real API server answers: the list says what its items are, and they do not. */
    private static final String PODS = """
            {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "web-0", "namespace": "demo"}}]}
            """;

    @Test
    void saysWhatTheItemsOfAListAre() throws IOException {
        try (FaultyApi api = new FaultyApi((method, path, type, body) -> new ApiBackend.Reply(200, PODS));
                KubernetesClient client = ClusterWriter.connect(api.config())) {
            List<Resource> pods = new ObjectReader(client).list(ListedKind.POD, "demo", "");

            assertThat(pods).extracting(Resource::kindName).containsExactly("Pod/web-0");
            assertThat(pods.get(0).fields().text("apiVersion")).isEqualTo("v1");
        }
    }

    @Test
    void keepsNoSecretOfARefusal() throws IOException {
        String refusal = "{\"kind\":\"Status\",\"message\":\"token=hunter2 has expired\"}";
        try (FaultyApi api = new FaultyApi((method, path, type, body) -> new ApiBackend.Reply(403, refusal));
                KubernetesClient client = ClusterWriter.connect(api.config())) {
            assertThatThrownBy(() -> new ObjectReader(client).list(ListedKind.POD, "demo", ""))
                    .hasMessageContaining("403 token=[redacted:token] has expired");
            assertThatThrownBy(() -> new ClusterUid(client, Clock.systemUTC()).get())
                    .hasMessageContaining("403 token=[redacted:token] has expired");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>Sign in</html> | no list",
                "200 | {} | no list",
                "200 | {\"kind\":\"Status\",\"status\":\"Success\"} | no list",
                "200 | {\"items\":{}} | no list",
                "200 | [] | no list",
                "404 | 404 page not found | 404",
                "404 | {\"kind\":\"Status\",\"message\":\"not here\"} | 404 not here"
            })
    void takesNoOtherAnswerForAnEmptyList(int code, String body, String why) throws IOException {
        try (FaultyApi api = new FaultyApi((method, path, type, sent) -> new ApiBackend.Reply(code, body));
                KubernetesClient client = ClusterWriter.connect(api.config())) {
            ObjectReader reader = new ObjectReader(client);

            assertThatThrownBy(() -> reader.list(ListedKind.DEPLOYMENT, "demo", ""))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContainingAll("deployments in demo could not be read", why, "incident doctor");
            assertThatThrownBy(() -> new NamespaceHealth(reader).of("demo")).isInstanceOf(ClusterException.class);
            assertThatThrownBy(() -> new NamespaceQuotas(reader).of("demo")).isInstanceOf(ClusterException.class);
        }
    }

    /** That it is gone would settle an eviction whose answer is lost. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>Sign in</html> | not that object",
                "200 | {} | not that object",
                "200 | {\"metadata\":{\"name\":\"other\"}} | not that object",
                "404 | 404 page not found | 404",
                "404 | {\"kind\":\"Status\",\"message\":\"not here\"} | 404 not here"
            })
    void takesNoOtherAnswerForAnObjectThatIsGone(int code, String body, String why) throws IOException {
        try (FaultyApi api = new FaultyApi((method, path, type, sent) -> new ApiBackend.Reply(code, body));
                KubernetesClient client = ClusterWriter.connect(api.config())) {
            ObjectReader reader = new ObjectReader(client);

            assertThatThrownBy(() -> reader.get(Target.deployment("demo", "crashy")))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContainingAll("demo/deployment/crashy could not be read", why, "incident doctor");
        }
    }
}
