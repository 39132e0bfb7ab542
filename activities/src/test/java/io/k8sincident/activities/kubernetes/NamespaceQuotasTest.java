package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.policy.QuotaRoom.Quota;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.FaultyApi;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespaceQuotasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ObjectNode list = JSON.createObjectNode().put("kind", "ResourceQuotaList");
    private int code = 200;

    private final FaultyApi api = new FaultyApi((method, path, type, body) -> {
        assertThat(path).isEqualTo("/api/v1/namespaces/shop/resourcequotas");
        return new ApiBackend.Reply(code, list.toString());
    });
    private final KubernetesClient client = ClusterWriter.connect(api.config());
    private final NamespaceQuotas quotas = new NamespaceQuotas(new ObjectReader(client));

    NamespaceQuotasTest() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void subtractsWhatIsUsedAndLeavesOutWhatCountsOtherPods() throws IOException {
        add(
                "team",
                "[]",
                "{\"cpu\": \"2\", \"limits.memory\": \"1Gi\"}",
                "{\"cpu\": \"500m\", \"limits.memory\": \"2Gi\"}");
        add("new", "[\"NotTerminating\"]", "{\"pods\": \"4\"}", "{}");
        add("jobs", "[\"Terminating\"]", "{\"pods\": \"0\"}", "{}");
        add("idle", "[\"BestEffort\"]", "{\"pods\": \"0\"}", "{}");

        List<Quota> left = quotas.of("shop");

        assertThat(left).extracting(Quota::name).containsExactly("team", "new");
        assertThat(left.get(0).left())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("cpu", new BigDecimal("1.500"), "limits.memory", BigDecimal.valueOf(-(1L << 30))));
        assertThat(left.get(1).left()).containsEntry("pods", BigDecimal.valueOf(4));
    }

    @Test
    void saysWhatCannotBeRead() throws IOException {
        add("odd", "[]", "{\"cpu\": \"plenty\"}", "{}");
        assertThatThrownBy(() -> quotas.of("shop")).hasMessage("ResourceQuota odd has the quantity 'plenty'");

        code = 403;
        assertThatThrownBy(() -> quotas.of("shop")).hasMessageContaining("resourcequotas in shop");
    }

    private void add(String name, String scopes, String hard, String used) throws IOException {
        list.withArrayProperty("items").add(JSON.readTree("""
            {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "%s", "namespace": "shop"},
             "spec": {"scopes": %s, "hard": %s}, "status": {"hard": %s, "used": %s}}
            """.formatted(name, scopes, hard, hard, used)));
    }
}
