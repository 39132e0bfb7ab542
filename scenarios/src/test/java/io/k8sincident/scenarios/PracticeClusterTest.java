package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.ApiClient.Answer;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.server.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the practice cluster offers besides being a cluster. */
class PracticeClusterTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/demo/deployments";
    private static final String SCALE_TO_3 = "{\"spec\": {\"replicas\": 3}}";

    private final PracticeCluster cluster =
            PracticeCluster.start(PracticeOptions.defaults().withTimeScale(30));
    private final ApiClient api = new ApiClient(cluster.uri());

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void beginsWithItsNamespacesAndNodes() {
        assertThat(api.items("/api/v1/namespaces")).extracting(Meta::name).contains("default", "demo", "kube-system");
        assertThat(api.items("/api/v1/nodes")).hasSize(2);
        assertThat(api.get("/api/v1/namespaces/demo/configmaps/kube-root-ca.crt")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theRequestLogTellsDryRunsFromAppliedWrites() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        cluster.requests().clear();

        api.get(DEPLOYMENTS + "/web");
        api.patch(DEPLOYMENTS + "/web?dryRun=All", ApiClient.MERGE, SCALE_TO_3);
        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, "{\"spec\": {\"replicas\": -1}}");
        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, SCALE_TO_3);

        assertThat(cluster.requests().requests()).hasSize(4);
        assertThat(cluster.requests().appliedWrites())
                .singleElement()
                .satisfies(write -> assertThat(write.body()).isEqualTo(Json.parse(SCALE_TO_3)));
    }

    @Test
    void theAuditLogHasALineForEachRequest(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("audit.jsonl");
        try (PracticeCluster audited =
                PracticeCluster.start(PracticeOptions.defaults().withAuditLog(file))) {
            new ApiClient(audited.uri()).get("/version");
        }

        assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"path\":\"/version\"");
    }

    @Test
    void aRefusedRequestIsNotAppliedAndTheNextOneIs() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        cluster.faults().next(1, "PATCH", "/deployments/web", new Fault.Refuse(503, "ServiceUnavailable", "try later"));

        Answer first = api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, SCALE_TO_3);

        assertThat(first.status()).isEqualTo(503);
        assertThat(replicas()).isEqualTo(2);
        assertThat(api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, SCALE_TO_3).status())
                .isEqualTo(200);
    }

    @Test
    void aConnectionResetAfterwardsHidesAnAppliedWrite() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        cluster.faults().next(1, "PATCH", "/deployments/web", new Fault.ResetAfter());

        assertThatThrownBy(() -> api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, SCALE_TO_3))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void aConnectionResetBeforeAppliesNothing() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        cluster.faults().next(1, "PATCH", "/deployments/web", new Fault.ResetBefore());

        assertThatThrownBy(() -> api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, SCALE_TO_3))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void aWatchFromAForgottenVersionIsGone() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        cluster.forgetChanges();

        String lines = api.get(DEPLOYMENTS + "?watch=1&resourceVersion=2&timeoutSeconds=5")
                .text();

        JsonNode error = Json.parse(lines.lines().findFirst().orElseThrow());
        assertThat(Json.text(error, "type")).isEqualTo("ERROR");
        assertThat(Json.at(error, "object", "code").asInt()).isEqualTo(410);
    }

    @Test
    void aWatchWithASelectorTellsOfAnObjectThatLeavesItAsDeleted() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        String version = Meta.resourceVersion(api.get(DEPLOYMENTS).body());
        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, "{\"metadata\": {\"labels\": {\"app\": \"other\"}}}");

        String lines = api.get(
                        DEPLOYMENTS + "?watch=1&labelSelector=app%3Dweb&timeoutSeconds=1&resourceVersion=" + version)
                .text();

        assertThat(lines.lines().map(line -> Json.text(Json.parse(line), "type")))
                .contains("DELETED");
    }

    @Test
    void aServiceListsItsReadyPods() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        api.post("/api/v1/namespaces/demo/services", """
                {"metadata": {"name": "web"}, "spec": {"selector": {"app": "web"},
                 "ports": [{"port": 80, "targetPort": 8080}]}}""");

        await().until(() -> api.get("/api/v1/namespaces/demo/endpoints/web")
                        .body()
                        .at("/subsets/0/addresses")
                        .size()
                == 2);
        assertThat(api.items("/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices"))
                .singleElement()
                .satisfies(
                        slice -> assertThat(slice.at("/ports/0/port").asInt()).isEqualTo(8080));
    }

    @Test
    void aPausedDeploymentDoesNotRoll() {
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        await().until(() -> available() == 2);
        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, "{\"spec\": {\"paused\": true}}");
        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, Manifests.command("[\"/bin/httpdd\"]"));

        await().until(() -> api.get(DEPLOYMENTS + "/web").text().contains("DeploymentPaused"));

        assertThat(api.items("/apis/apps/v1/namespaces/demo/replicasets")).hasSize(1);
    }

    @Test
    void aRolloutThatDoesNotProgressTimesOut() {
        api.post(
                DEPLOYMENTS,
                Manifests.deployment("demo", "web", "busybox:none", "[\"sh\"]")
                        .replace("\"replicas\": 2", "\"replicas\": 1, \"progressDeadlineSeconds\": 60"));

        await().until(() -> api.get(DEPLOYMENTS + "/web").text().contains("ProgressDeadlineExceeded"));
    }

    @Test
    void recreateEndsTheOldPodsFirst() {
        api.post(
                DEPLOYMENTS,
                Manifests.healthy("demo", "web")
                        .replace("\"replicas\": 2", "\"replicas\": 2, \"strategy\": {\"type\": \"Recreate\"}"));
        await().until(() -> available() == 2);

        api.patch(DEPLOYMENTS + "/web", ApiClient.MERGE, Manifests.command("[\"sleep\", \"infinity\"]"));

        await().until(() -> available() == 2
                && api.items("/api/v1/namespaces/demo/pods").stream()
                        .allMatch(pod ->
                                pod.at("/spec/containers/0/command/0").asText().equals("sleep")));
        assertThat(api.items("/api/v1/namespaces/demo/pods")).hasSize(2);
    }

    @Test
    void aTableHasTheUsualColumns() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.uri() + "/api/v1/namespaces/demo/pods"))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .build();

        JsonNode table = Json.parse(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());

        assertThat(Json.objects(table.path("columnDefinitions")))
                .extracting(column -> Json.text(column, "name"))
                .startsWith("Name", "Ready", "Status", "Restarts", "Age");
    }

    @Test
    void absurdRequestsAreRefusedAndNothingBreaks() {
        for (String body : List.of(
                "",
                "null",
                "[]",
                "1",
                "{",
                "{\"metadata\": 3}",
                "{\"spec\": []}",
                "{\"metadata\": {\"labels\": 1}}",
                "{\"spec\": {\"template\": {\"spec\": {\"containers\": {\"a\": 1}}}}}",
                "{\"spec\": {\"strategy\": 1}}")) {
            assertThat(api.post(DEPLOYMENTS, body).status()).as(body).isBetween(400, 499);
        }
        api.post(DEPLOYMENTS, Manifests.healthy("demo", "web"));
        await().until(() -> available() == 2);
    }

    private int available() {
        return Json.at(api.get(DEPLOYMENTS + "/web").body(), "status", "availableReplicas")
                .asInt();
    }

    private int replicas() {
        return Json.at(api.get(DEPLOYMENTS + "/web").body(), "spec", "replicas").asInt();
    }
}
