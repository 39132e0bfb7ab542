package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetResolverTest {
    private static final String POD = Crashy.PODS + "/crashy-5d9c7b6f4-x2x9z";

    @TempDir
    Path directory = Path.of(".");

    private final FakeApiServer server = Crashy.serve()
            .json(POD, Crashy.pod())
            .json(Crashy.REPLICA_SETS + "/crashy-5d9c7b6f4", Crashy.replicaSet())
            .json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");

    TargetResolverTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployment/crashy",
                "deploy/crashy",
                "Deployments/crashy",
                "deployment.apps/crashy",
                "crashy",
                "pod/crashy-5d9c7b6f4-x2x9z",
                "po/crashy-5d9c7b6f4-x2x9z",
                "rs/crashy-5d9c7b6f4"
            })
    void goesUpToTheTopOwner(String typed) throws IOException {
        assertThat(resolve(typed)).isEqualTo(Target.deployment("demo", "crashy").withUid("d-1"));
    }

    @Test
    void findsTheOwnerOfAPodThatIsGone() throws IOException {
        assertThat(resolve("pod/crashy-5d9c7b6f4-zzzzz").kindName()).isEqualTo("Deployment/crashy");
    }

    @Test
    void findsTheOwnerOfAPodWhoseReplicaSetIsGoneAsWell() throws IOException {
        assertThat(resolve("pod/crashy-7f8b9c-zzzzz").kindName()).isEqualTo("Deployment/crashy");
    }

    @Test
    void stopsAtAnOwnerOfAnUnknownKind() throws IOException {
        server.json(
                POD,
                Crashy.pod()
                        .replace("\"kind\":\"ReplicaSet\"", "\"kind\":\"Rollout\"")
                        .replace("apps/v1", "argo/v1"));

        assertThat(resolve("pod/crashy-5d9c7b6f4-x2x9z").kind()).isEqualTo("Pod");
    }

    @Test
    void listsTheTypesThatItKnows() {
        refused("deployy/crashy", ErrorCode.INVALID_INPUT, "no type 'deployy'", "deployment", "statefulset");
    }

    @Test
    void refusesWhatCannotBeAName() {
        refused("deploy/../secrets\u001b[31m", ErrorCode.INVALID_INPUT, "no name of a Kubernetes object");
    }

    @Test
    void proposesNamesThatAreNear() {
        server.on("/apis/apps/v1/namespaces/demo/deployments/crashi", FakeApiServer.status(404, "NotFound", "no"));
        server.json("/apis/apps/v1/namespaces/demo/deployments", "{\"items\":[" + Crashy.deployment() + "]}");

        refused("deploy/crashi", ErrorCode.TARGET_NOT_FOUND, "no deployment 'crashi'", "Did you mean crashy?");
    }

    @Test
    void saysThatThereIsNoSuchNamespace() {
        server.on("/apis/apps/v1/namespaces/demo/deployments/x", FakeApiServer.status(404, "NotFound", "no"));
        server.on("/api/v1/namespaces/demo", FakeApiServer.status(404, "NotFound", "no"));
        server.json("/api/v1/namespaces", "{\"items\":[{\"metadata\":{\"name\":\"demos\"}}]}");

        refused("deploy/x", ErrorCode.TARGET_NOT_FOUND, "There is no namespace 'demo'", "Did you mean demos?");
    }

    @Test
    void saysThatItMayNotRead() {
        server.on(Crashy.DEPLOYMENT, FakeApiServer.status(403, "Forbidden", "not yours"));

        refused("deploy/crashy", ErrorCode.CLUSTER_FORBIDDEN, "not yours");
    }

    private Target resolve(String typed) throws IOException {
        try (KubernetesConnection connection = server.connect(directory)) {
            return new TargetResolver(connection).resolve(typed, "demo");
        }
    }

    private void refused(String typed, ErrorCode code, String... said) {
        assertThatThrownBy(() -> resolve(typed))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(said)
                .hasMessageContaining("Next:");
    }
}
