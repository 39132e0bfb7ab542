package io.k8sincident.scenarios.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchFormatTest {
    /** The Deployment of "Update API Objects in Place Using kubectl patch" in Kubernetes' documentation. */
    private static final String DEMO = """
            {"spec": {"replicas": 2, "template": {"spec": {
              "containers": [{"name": "patch-demo-ctr", "image": "nginx"}],
              "tolerations": [{"effect": "NoSchedule", "key": "dedicated", "value": "test-team"}]}}}}""";

    @Test
    void strategicPatchAddsAContainerBesideTheOneThatIsThere() {
        ObjectNode patched = apply(PatchFormat.STRATEGIC, DEMO, """
                {"spec": {"template": {"spec": {"containers": [{"name": "patch-demo-ctr-2", "image": "redis"}]}}}}""");

        assertThat(containers(patched)).containsExactlyInAnyOrder("patch-demo-ctr", "patch-demo-ctr-2");
    }

    @Test
    void mergePatchReplacesTheContainersAsAWhole() {
        ObjectNode patched = apply(PatchFormat.MERGE, DEMO, """
                {"spec": {"template": {"spec": {"containers": [{"name": "patch-demo-ctr-3", "image": "node"}]}}}}""");

        assertThat(containers(patched)).containsExactly("patch-demo-ctr-3");
    }

    @Test
    void strategicPatchReplacesTolerationsAsAWhole() {
        ObjectNode patched = apply(PatchFormat.STRATEGIC, DEMO, """
                {"spec": {"template": {"spec": {"tolerations": [
                  {"effect": "NoSchedule", "key": "disktype", "value": "ssd"}]}}}}""");

        assertThat(Json.at(patched, "spec", "template", "spec", "tolerations")).hasSize(1);
        assertThat(patched.at("/spec/template/spec/tolerations/0/key").asText()).isEqualTo("disktype");
    }

    @Test
    void strategicPatchKeepsOnlyTheRetainedKeys() {
        String rolling = """
                {"spec": {"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "30%"}}}}""";

        ObjectNode patched = apply(PatchFormat.STRATEGIC, rolling, """
                {"spec": {"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}}""");

        assertThat(Json.at(patched, "spec", "strategy")).isEqualTo(Json.parse("{\"type\": \"Recreate\"}"));
    }

    @Test
    void strategicPatchDeletesAListElementByItsKey() {
        ObjectNode patched = apply(PatchFormat.STRATEGIC, DEMO, """
                {"spec": {"template": {"spec": {"containers": [
                  {"name": "patch-demo-ctr", "$patch": "delete"}, {"name": "other", "image": "b"}]}}}}""");

        assertThat(containers(patched)).containsExactly("other");
    }

    @Test
    void strategicPatchPutsElementsInTheStatedOrder() {
        String two = """
                {"spec": {"containers": [{"name": "a"}, {"name": "b"}]}}""";

        ObjectNode patched = apply(PatchFormat.STRATEGIC, two, """
                {"spec": {"$setElementOrder/containers": [{"name": "b"}, {"name": "a"}],
                          "containers": [{"name": "a", "image": "x"}]}}""");

        assertThat(patched.at("/spec/containers/0/name").asText()).isEqualTo("b");
        assertThat(patched.at("/spec/containers/1/image").asText()).isEqualTo("x");
    }

    @Test
    void strategicPatchNeedsTheMergeKey() {
        assertThatThrownBy(() -> apply(PatchFormat.STRATEGIC, DEMO, """
                        {"spec": {"template": {"spec": {"containers": [{"image": "x"}]}}}}"""))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("does not contain declared merge key: name");
    }

    @Test
    void mergePatchFollowsTheExampleOfTheRfc() {
        ObjectNode patched = apply(PatchFormat.MERGE, """
                {"title": "Goodbye!", "author": {"givenName": "John", "familyName": "Doe"},
                 "tags": ["example", "sample"], "content": "This will be unchanged"}""", """
                {"title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": {"familyName": null},
                 "tags": ["example"]}""");

        assertThat(patched).isEqualTo(Json.parse("""
                {"title": "Hello!", "author": {"givenName": "John"}, "tags": ["example"],
                 "content": "This will be unchanged", "phoneNumber": "+01-123-456-7890"}"""));
    }

    @Test
    void jsonPatchEscapesSlashesInKeys() {
        ObjectNode patched = apply(PatchFormat.JSON_PATCH, "{\"a\": {\"b/c\": 1}}", """
                [{"op": "replace", "path": "/a/b~1c", "value": 2}]""");

        assertThat(patched).isEqualTo(Json.parse("{\"a\": {\"b/c\": 2}}"));
    }

    @Test
    void jsonPatchInsertsAtAnIndexAndAtTheEnd() {
        ObjectNode patched = apply(PatchFormat.JSON_PATCH, "{\"a\": [1, 3]}", """
                [{"op": "add", "path": "/a/1", "value": 2}, {"op": "add", "path": "/a/-", "value": 4}]""");

        assertThat(patched).isEqualTo(Json.parse("{\"a\": [1, 2, 3, 4]}"));
    }

    @Test
    void jsonPatchTestThatFailsIsInvalidAndChangesNothing() {
        ObjectNode current = Json.asObject(Json.parse("{\"a\": 1}"));

        assertThatThrownBy(() -> PatchFormat.JSON_PATCH.apply(current, Json.parse("""
                        [{"op": "replace", "path": "/a", "value": 2}, {"op": "test", "path": "/a", "value": 1}]""")))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.code()).isEqualTo(422));
        assertThat(current).isEqualTo(Json.parse("{\"a\": 1}"));
    }

    @Test
    void jsonPatchOfAnAbsentPathIsInvalid() {
        for (String operation : List.of("remove", "replace")) {
            assertThatThrownBy(() -> apply(
                            PatchFormat.JSON_PATCH,
                            "{\"a\": 1}",
                            "[{\"op\": \"" + operation + "\", \"path\": \"/b\", \"value\": 1}]"))
                    .isInstanceOf(StatusException.class);
        }
    }

    @Test
    void aBodyThatIsNoPatchIsABadRequest() {
        assertThatThrownBy(() -> PatchFormat.MERGE.parse("[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.code()).isEqualTo(400));
    }

    private static ObjectNode apply(PatchFormat format, String current, String patch) {
        return format.apply(Json.asObject(Json.parse(current)), format.parse(patch.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> containers(ObjectNode deployment) {
        return Json.objects(Json.at(deployment, "spec", "template", "spec", "containers")).stream()
                .map(container -> Json.text(container, "name"))
                .toList();
    }
}
