package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.FaultyApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
