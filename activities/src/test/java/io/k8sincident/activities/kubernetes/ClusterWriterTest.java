package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterWriterTest {
    private static final Target CRASHY = Target.deployment("demo", "crashy");

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private static final Action.EvictPod EVICT = new Action.EvictPod(StuckSet.TARGET, "web-0", StuckSet.POD_UID);

    private final StoreBackend evictions = Crashy.store();
    private final ApiBackend store = evictions;
    private final FaultyApi api = new FaultyApi((method, path, type, body) -> {
        requests.add(method + " " + path + " " + type);
        return store.handle(method, path, type, body);
    });
    private final KubernetesClient client = ClusterWriter.connect(api.config());
    private final ClusterWriter writer = new ClusterWriter(client);

    ClusterWriterTest() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void refusesAClientThatRetriesByItself() {
        try (KubernetesClient retrying = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(api.config()).build())
                .build()) {
            assertThatThrownBy(() -> new ClusterWriter(retrying)).hasMessageContaining("requestRetryBackoffLimit");
        }
    }

    @Test
    void saysOnTheWireWhoItIsAndThatItIsStrict() {
        writer.write(CRASHY, patch());

        assertThat(requests)
                .endsWith("PATCH /apis/apps/v1/namespaces/demo/deployments/crashy?fieldManager=k8s-incident-agent"
                        + "&fieldValidation=Strict application/merge-patch+json");
    }

    @Test
    void marksADryRun() {
        writer.dryRun(CRASHY, patch());

        assertThat(requests.get(requests.size() - 1)).contains("dryRun=All");
        assertThat(api.writes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "ANSWER_422",
                "ANSWER_429",
                "ANSWER_500",
                "ANSWER_503",
                "ANSWER_504_AFTER_APPLYING",
                "RESET_BEFORE_APPLYING",
                "RESET_AFTER_APPLYING",
                "HANG_BEFORE_APPLYING",
                "HANG_AFTER_APPLYING",
                "TRUNCATED_AFTER_APPLYING"
            })
    void sendsExactlyOneRequestWhateverIsAnswered(Fault fault) {
        ObjectNode patch = patch();
        api.inject(fault, 20);

        writer.write(CRASHY, patch);

        assertThat(api.writes()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, APPLIED",
        "STATUS_MOVES_BEFORE, CONFLICT",
        "ANSWER_422, CONFLICT",
        "ANSWER_429, REFUSED",
        "ANSWER_500, UNKNOWN",
        "ANSWER_503, UNKNOWN",
        "RESET_BEFORE_APPLYING, UNKNOWN",
        "HANG_BEFORE_APPLYING, UNKNOWN",
        "TRUNCATED_AFTER_APPLYING, UNKNOWN"
    })
    void tellsHowSureItIs(Fault fault, WriteAnswer.Kind kind) {
        ObjectNode patch = patch();
        api.inject(fault, 1);

        assertThat(writer.write(CRASHY, patch).kind()).isEqualTo(kind);
    }

    @Test
    void keepsNoPartOfASecretWhereALongMessageIsCut() {
        String words = "no ".repeat(90);
        for (int padding = 0; padding < 40; padding++) {
            String said = words + "x".repeat(padding) + " password=" + "hunter2hunter2 " + words + words;
            JsonNode status = JsonNodeFactory.instance.objectNode().put("message", said);

            assertThat(Classification.message(status)).contains(" … ").doesNotContain("hunt", "ter2");
        }
    }

    @Test
    void knowsThatNothingWasSentWithoutAConnection() {
        ObjectNode patch = patch();
        api.close();

        WriteAnswer answer = writer.write(CRASHY, patch);

        assertThat(answer.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
        assertThat(answer.reason()).isEqualTo("Unreachable");
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Secret, demo, s",
        "apps/v1, ReplicaSet, demo, r",
        "rbac.authorization.k8s.io/v1, Role, demo, r",
        "apps/v1, Deployment, demo, ../secrets/s",
        "apps/v1, Deployment, demo/x, d",
        "apps/v1, Deployment, demo, 'd?dryRun=All'"
    })
    void writesNothingButWorkloadsByTheirPlainNames(String version, String kind, String namespace, String name) {
        Target target = new Target(version, kind, namespace, name, null);

        assertThatThrownBy(() -> writer.write(target, patch())).isInstanceOf(ClusterException.class);
        assertThat(api.writes()).isZero();
    }

    @Test
    void writesNothingWithoutPreconditions() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("replicas", 1);

        assertThatThrownBy(() -> writer.write(CRASHY, patch)).hasMessageContaining("metadata.uid");
        assertThat(api.writes()).isZero();
    }

    private ObjectNode patch() {
        ObjectNode live = writer.read(CRASHY).orElseThrow();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("replicas", 3);
        return MergePatch.guarded(patch, live);
    }

    @Test
    void evictsByTheEvictionApiWithTheUidOfThePod() {
        evictions.put(StuckSet.POD, StuckSet.pod(StuckSet.POD_UID));

        WriteAnswer answer = writer.evict(EVICT.podTarget(), Evictions.body(EVICT, "sha256:plan/0"));

        assertThat(answer.kind()).isEqualTo(WriteAnswer.Kind.APPLIED);
        assertThat(requests)
                .containsExactly("POST /api/v1/namespaces/demo/pods/web-0/eviction?fieldManager=k8s-incident-agent"
                        + "&fieldValidation=Strict application/json");
        assertThat(Evictions.body(EVICT, "sha256:plan/0").toString())
                .isEqualTo("{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"web-0\","
                        + "\"namespace\":\"demo\",\"annotations\":{\"k8sincident.io/plan\":\"sha256:plan/0\"}},"
                        + "\"deleteOptions\":{\"preconditions\":{\"uid\":\"" + StuckSet.POD_UID + "\"}}}");
    }

    @Test
    void neitherCountsNorCarriesOutTheDryRunOfAnEviction() {
        evictions.put(StuckSet.POD, StuckSet.pod(StuckSet.POD_UID));

        WriteAnswer answer = writer.dryRunEviction(EVICT.podTarget(), Evictions.body(EVICT));

        assertThat(answer.kind()).isEqualTo(WriteAnswer.Kind.APPLIED);
        assertThat(api.writes()).isZero();
        assertThat(evictions.get(StuckSet.POD).path("metadata").has("deletionTimestamp"))
                .isFalse();
    }

    @Test
    void evictsNothingButPodsAndNoneWithoutItsUid() {
        ObjectNode unbound = Evictions.body(EVICT);
        unbound.remove("deleteOptions");

        assertThatThrownBy(() -> writer.evict(EVICT.podTarget(), unbound)).hasMessageContaining("precondition");
        assertThatThrownBy(() -> writer.evict(CRASHY, Evictions.body(EVICT))).hasMessageContaining("cannot be evicted");
        assertThat(api.writes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWER_409, CONFLICT",
        "ANSWER_422, REFUSED",
        "ANSWER_429, REFUSED",
        "ANSWER_500, UNKNOWN",
        "ANSWER_504_AFTER_APPLYING, UNKNOWN",
        "RESET_AFTER_APPLYING, UNKNOWN",
        "TRUNCATED_AFTER_APPLYING, UNKNOWN"
    })
    void saysOfAnEvictionNoMoreThanIsCertain(Fault fault, WriteAnswer.Kind kind) {
        evictions.put(StuckSet.POD, StuckSet.pod(StuckSet.POD_UID));
        api.inject(fault, 20);

        assertThat(writer.evict(EVICT.podTarget(), Evictions.body(EVICT)).kind())
                .isEqualTo(kind);
        assertThat(api.writes()).isEqualTo(1);
    }
}
