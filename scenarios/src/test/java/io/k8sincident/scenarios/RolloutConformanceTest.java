package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the controllers and the kubelet of the practice cluster promise to do as real ones do; seen on real ones, too, if there are any. */
@ParameterizedClass
@EnumSource(Conformance.Server.class)
class RolloutConformanceTest extends Conformance {
    @Test
    void aRolloutEndsCompleteAndAvailable() {
        api.post(deployments, Manifests.healthy(namespace, "web"));

        JsonNode web = awaitComplete("web");

        assertThat(conditions(web))
                .containsExactlyInAnyOrder(
                        "Available True MinimumReplicasAvailable", "Progressing True NewReplicaSetAvailable");
        assertThat(Meta.annotation(web, "deployment.kubernetes.io/revision")).isEqualTo("1");
        assertThat(Json.at(web, "status", "observedGeneration").asLong()).isEqualTo(Meta.generation(web));
    }

    @Test
    void aMissingProgramCrashLoopsAndTheOldTemplateComesBackAsANewRevision() {
        api.post(deployments, Manifests.healthy(namespace, "web"));
        JsonNode good = awaitComplete("web");
        api.patch(deployments + "/web", ApiClient.MERGE, Manifests.command("[\"/bin/httpdd\", \"-f\"]"));

        JsonNode pod = awaitPod(
                "web", status -> Json.text(status, "state", "waiting", "reason").equals("CrashLoopBackOff"));

        JsonNode end = status(pod).at("/lastState/terminated");
        assertThat(Json.text(end, "reason")).isEqualTo("StartError");
        assertThat(end.path("exitCode").asInt()).isEqualTo(128);
        assertThat(Json.text(end, "startedAt")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(Json.text(end, "message"))
                .contains("exec: \"/bin/httpdd\": stat /bin/httpdd: no such file or directory");
        assertThat(events(pod)).contains("Scheduled", "Pulled", "Created", "Failed", "BackOff");

        ObjectNode back = Json.object();
        back.putObject("spec").set("template", Json.at(good, "spec", "template"));
        api.patch(deployments + "/web", ApiClient.MERGE, back.toString());
        JsonNode web = awaitComplete("web");
        assertThat(Meta.annotation(web, "deployment.kubernetes.io/revision")).isEqualTo("3");
        List<JsonNode> replicaSets =
                api.items("/apis/apps/v1/namespaces/" + namespace + "/replicasets?labelSelector=app%3Dweb");
        assertThat(replicaSets).hasSize(2);
        assertThat(replicaSets)
                .anySatisfy(replicaSet -> assertThat(
                                Meta.annotation(replicaSet, "deployment.kubernetes.io/revision-history"))
                        .isEqualTo("1"));
    }

    @Test
    void aProgramThatExitsLeavesItsCodeAndItsLog() {
        api.post(
                deployments,
                Manifests.deployment(namespace, "web", "busybox:1.36", "[\"sh\", \"-c\", \"echo FATAL; exit 3\"]"));

        JsonNode pod = awaitPod(
                "web",
                status -> Json.text(status, "state", "waiting", "reason").equals("CrashLoopBackOff")
                        && status.path("restartCount").asInt() > 0);

        assertThat(status(pod).at("/lastState/terminated/exitCode").asInt()).isEqualTo(3);
        assertThat(status(pod).at("/lastState/terminated/reason").asText()).isEqualTo("Error");
        assertThat(Json.text(status(pod), "state", "waiting", "message")).startsWith("back-off ");
        assertThat(api.get(pods + "/" + Meta.name(pod) + "/log?previous=true").text())
                .isEqualTo("FATAL\n");
        assertThat(api.get(pods + "/" + Meta.name(pod) + "/log?previous=true&limitBytes=2")
                        .text())
                .isEqualTo("FA");
    }

    @Test
    void logsThatAreNotThereAreErrors() {
        api.post(deployments, Manifests.deployment(namespace, "web", "busybox:none", Manifests.HTTPD));

        JsonNode pod = awaitPod(
                "web", status -> Json.text(status, "state", "waiting", "reason").equals("ImagePullBackOff"));

        String log = pods + "/" + Meta.name(pod) + "/log";
        String container = "container \"app\" in pod \"" + Meta.name(pod) + "\"";
        assertThat(refusal(api.get(log + "?previous=true")))
                .isEqualTo("400 BadRequest previous terminated " + container + " not found");
        assertThat(refusal(api.get(log + "?container=foo")))
                .isEqualTo("400 BadRequest container foo is not valid for pod " + Meta.name(pod));
        assertThat(api.get(log).message()).startsWith(container + " is waiting to start: ");
        assertThat(events(pod)).contains("Pulling", "Failed", "BackOff");
    }

    @Test
    void whatADeploymentOwnsGoesWithIt() {
        api.post(deployments, Manifests.healthy(namespace, "web"));
        awaitComplete("web");

        api.delete(deployments + "/web", "{\"propagationPolicy\": \"Background\"}");

        await().atMost(Duration.ofSeconds(60)).until(() -> api.items(pods).isEmpty());
    }

    private JsonNode awaitComplete(String name) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(deployments + "/" + name).body(),
                        web -> conditions(web).contains("Progressing True NewReplicaSetAvailable")
                                && Json.at(web, "status", "updatedReplicas").asInt() == 2
                                && Json.at(web, "status", "replicas").asInt() == 2
                                && Json.at(web, "status", "observedGeneration").asLong() == Meta.generation(web));
    }

    private JsonNode awaitPod(String app, java.util.function.Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> api.items(pods + "?labelSelector=app%3D" + app).stream()
                                .filter(pod -> wanted.test(status(pod)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<String> events(JsonNode pod) {
        return api
                .items("/api/v1/namespaces/" + namespace + "/events?fieldSelector=involvedObject.uid%3D"
                        + Meta.uid(pod))
                .stream()
                .map(event -> Json.text(event, "reason"))
                .distinct()
                .toList();
    }

    private static JsonNode status(JsonNode pod) {
        return pod.at("/status/containerStatuses/0");
    }

    private static List<String> conditions(JsonNode deployment) {
        return Json.objects(Json.at(deployment, "status", "conditions")).stream()
                .map(c -> Json.text(c, "type") + " " + Json.text(c, "status") + " " + Json.text(c, "reason"))
                .toList();
    }
}
