package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.ApiClient.Answer;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API of the practice cluster promises to answer as a real one does; asked of a real one, too, if there is one. */
@ParameterizedClass
@EnumSource(Conformance.Server.class)
class ApiConformanceTest extends Conformance {
    @Test
    void aNewDeploymentGetsTheServersDefaults() {
        Answer created = api.post(deployments, Manifests.healthy(namespace, "web"));

        assertThat(created.status()).isEqualTo(201);
        JsonNode spec = created.body().path("spec");
        assertThat(spec.at("/strategy/rollingUpdate/maxSurge").asText()).isEqualTo("25%");
        assertThat(spec.path("revisionHistoryLimit").asInt()).isEqualTo(10);
        assertThat(spec.path("progressDeadlineSeconds").asInt()).isEqualTo(600);
        assertThat(spec.at("/template/spec").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "containers",
                        "restartPolicy",
                        "terminationGracePeriodSeconds",
                        "dnsPolicy",
                        "securityContext",
                        "schedulerName");
        assertThat(spec.at("/template/spec/containers/0").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "name",
                        "image",
                        "command",
                        "resources",
                        "terminationMessagePath",
                        "terminationMessagePolicy",
                        "imagePullPolicy");
    }

    @Test
    void aDryRunShowsTheNextGenerationAndPersistsNothing() {
        JsonNode before =
                api.post(deployments, Manifests.healthy(namespace, "web")).body();

        Answer dry = api.patch(
                deployments + "/web?dryRun=All&fieldManager=agent", ApiClient.MERGE, "{\"spec\": {\"replicas\": 3}}");

        assertThat(dry.status()).isEqualTo(200);
        assertThat(Json.at(dry.body(), "spec", "replicas").asInt()).isEqualTo(3);
        assertThat(Meta.generation(dry.body())).isEqualTo(Meta.generation(before) + 1);
        JsonNode after = api.get(deployments + "/web").body();
        assertThat(Json.at(after, "spec", "replicas").asInt()).isEqualTo(2);
        assertThat(Meta.generation(after)).isEqualTo(Meta.generation(before));
    }

    @Test
    void aDryCreateIsNotThereAfterwards() {
        Answer dry = api.post(deployments + "?dryRun=All", Manifests.healthy(namespace, "web"));

        assertThat(dry.status()).isEqualTo(201);
        assertThat(Meta.resourceVersion(dry.body())).isEmpty();
        assertThat(Meta.uid(dry.body())).isNotEmpty();
        assertThat(api.get(deployments + "/web").status()).isEqualTo(404);
    }

    @Test
    void aDryDeleteDeletesNothing() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        assertThat(api.send("DELETE", deployments + "/web?dryRun=All", "", "").status())
                .isEqualTo(200);
        assertThat(api.get(deployments + "/web").status()).isEqualTo(200);
    }

    @Test
    void aStaleVersionConflicts() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        Answer answer =
                api.patch(deployments + "/web", ApiClient.MERGE, "{\"metadata\": {\"resourceVersion\": \"1\"}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("Conflict");
        assertThat(answer.message())
                .isEqualTo("Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified;"
                        + " please apply your changes to the latest version and try again");
    }

    @Test
    void anotherUidInAPutConflicts() {
        ObjectNode object = Json.asObject(
                api.post(deployments, Manifests.healthy(namespace, "web")).body());
        Json.childObject(object, "metadata").put("uid", "other").remove("resourceVersion");

        Answer answer = api.put(deployments + "/web", object.toString());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).contains("Precondition failed: UID in precondition: other, UID in object meta: ");
    }

    @Test
    void anotherUidInAPatchIsInvalid() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        Answer answer = api.patch(deployments + "/web", ApiClient.MERGE, "{\"metadata\": {\"uid\": \"other\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.message()).contains("metadata.uid: Invalid value: \"other\": field is immutable");
    }

    @Test
    void refusalsHaveTheServersCodesAndWords() {
        api.post(deployments, Manifests.healthy(namespace, "web"));
        String web = deployments + "/web";

        assertThat(List.of(
                        refusal(api.get(deployments + "/none")),
                        refusal(api.get("/apis/apps/v1/namespaces/" + namespace + "/nopes")),
                        refusal(api.post(deployments, Manifests.healthy(namespace, "web"))),
                        refusal(api.patch(web, ApiClient.JSON_PATCH, """
                                [{"op": "test", "path": "/metadata/uid", "value": "x"}]""")),
                        refusal(api.patch(web, ApiClient.JSON_PATCH, """
                                [{"op": "remove", "path": "/spec/nope"}]""")),
                        refusal(api.patch(web, ApiClient.MERGE, "{\"spec\": {\"replicas\": -1}}")),
                        refusal(api.patch(web, ApiClient.MERGE, "{\"metadata\": {\"name\": \"z\"}}")),
                        refusal(api.patch(
                                web, ApiClient.MERGE, "{\"spec\": {\"template\": {\"spec\": {\"containers\": []}}}}")),
                        refusal(api.patch(web, "application/json", "{}")),
                        refusal(api.patch(web + "?dryRun=Some", ApiClient.MERGE, "{}")),
                        refusal(api.patch(deployments, ApiClient.MERGE, "{}")),
                        refusal(api.get(pods + "?fieldSelector=spec.foo%3Db"))))
                .containsExactly(
                        "404 NotFound deployments.apps \"none\" not found",
                        "404 NotFound the server could not find the requested resource",
                        "409 AlreadyExists deployments.apps \"web\" already exists",
                        "422 Invalid the server rejected our request due to an error in our request",
                        "422 Invalid the server rejected our request due to an error in our request",
                        "422 Invalid Deployment.apps \"web\" is invalid: spec.replicas: Invalid value: -1: must be"
                                + " greater than or equal to 0",
                        "400 BadRequest the name of the object (z) does not match the name on the URL (web)",
                        "422 Invalid Deployment.apps \"web\" is invalid: spec.template.spec.containers: Required value",
                        "415 UnsupportedMediaType 415: Unsupported Media Type",
                        "422 Invalid PatchOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]:"
                                + " supported values: \"All\"",
                        "405 MethodNotAllowed the server does not allow this method on the requested resource",
                        "400 BadRequest field label not supported: spec.foo");
    }

    @Test
    void aLimitBelowTheRequestIsInvalid() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        Answer answer = api.patch(deployments + "/web", ApiClient.STRATEGIC, """
                {"spec": {"template": {"spec": {"containers": [{"name": "app",
                  "resources": {"requests": {"memory": "64Mi"}, "limits": {"memory": "32Mi"}}}]}}}}""");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.message())
                .contains("spec.template.spec.containers[0].resources.requests: Invalid value: \"64Mi\": must be less"
                        + " than or equal to memory limit of 32Mi");
    }

    @Test
    void aDeleteWithAnotherUidConflicts() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        Answer answer = api.delete(deployments + "/web", "{\"preconditions\": {\"uid\": \"x\"}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message())
                .startsWith(
                        "Operation cannot be fulfilled on Deployment.apps \"web\": the UID in the precondition (x) does not match the UID in record");
    }

    @Test
    void aListCanBeReadInPieces() {
        api.post(deployments, Manifests.healthy(namespace, "a"));
        api.post(deployments, Manifests.healthy(namespace, "b"));

        JsonNode first = api.get(deployments + "?limit=1").body();
        JsonNode second = api.get(deployments + "?limit=1&continue=" + Json.text(first, "metadata", "continue"))
                .body();

        assertThat(first.at("/items/0/metadata/name").asText()).isEqualTo("a");
        assertThat(second.at("/items/0/metadata/name").asText()).isEqualTo("b");
        assertThat(Json.text(second, "metadata", "continue")).isEmpty();
    }

    @Test
    void aWatchTellsWhatHappenedSinceTheList() {
        String version = Meta.resourceVersion(api.get(deployments).body());
        api.post(deployments, Manifests.healthy(namespace, "web"));

        String lines = api.get(deployments + "?watch=1&timeoutSeconds=2&resourceVersion=" + version)
                .text();

        JsonNode first = Json.parse(lines.lines().findFirst().orElseThrow());
        assertThat(Json.text(first, "type")).isEqualTo("ADDED");
        assertThat(Meta.name(first.path("object"))).isEqualTo("web");
    }

    @Test
    void thePartsOfAScaleAreAnObjectOfTheirOwn() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        Answer scaled = api.patch(deployments + "/web/scale", ApiClient.MERGE, "{\"spec\": {\"replicas\": 1}}");

        assertThat(Json.text(scaled.body(), "kind")).isEqualTo("Scale");
        assertThat(Json.at(api.get(deployments + "/web").body(), "spec", "replicas")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoLongerAppliedIsRemoved() {
        String path = "/api/v1/namespaces/" + namespace + "/configmaps/settings?fieldManager=a";
        api.patch(path, ApiClient.APPLY, """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"},
                 "data": {"kept": "1", "dropped": "2"}}""");

        Answer answer = api.patch(path, ApiClient.APPLY, """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": {"kept": "3"}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data")).isEqualTo(Json.parse("{\"kept\": \"3\"}"));
    }
}
