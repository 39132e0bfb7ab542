package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read of a cluster, in how many requests. */
class LiveSourceTest extends CrashyCluster {
    LiveSourceTest() throws IOException {}

    @Test
    void readsATargetInFewRequestsAndThreeRounds() throws IOException {
        take();

        assertThat(server.requests()).hasSizeLessThanOrEqualTo(8);
        assertThat(server.rounds()).isEqualTo(3);
    }

    @Test
    void doesNotTakeForAbsentWhatItDidNotAskFor() throws IOException {
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");

        assertThat(take().complete("Secret")).isFalse();
        assertThat(take().complete("Pod")).as("only those of the target").isFalse();
        assertThat(takeNamespace().complete("Secret")).isTrue();
        assertThat(takeNamespace().complete("PersistentVolume")).isFalse();
    }

    @Test
    void staysWithinTheBudgetWhateverIsWrong() throws IOException {
        String pods = IntStream.range(0, 20)
                .mapToObj(i -> pod(
                                "web-" + i,
                                "{\"waiting\":{\"reason\":\"CreateContainerConfigError\","
                                        + "\"message\":\"couldn't find key a in ConfigMap demo/c" + i + "\"}}",
                                "Pending")
                        + "," + pod("new-" + i, "{}", "Pending").replace("\"nodeName\":\"n\",", "")
                        + ","
                        + Crashy.pod()
                                .replace("crashy-5d9c7b6f4-x2x9z", "crash-" + i)
                                .replace("r-1", "r-" + i))
                .collect(Collectors.joining(","));
        server.json(Crashy.PODS, "{\"items\":[" + pods + "]}");
        server.json(Crashy.EVENTS, "{\"items\":[" + Crashy.event("crashy-1").replace("BackOff", "FailedCreate") + "]}");

        take();

        assertThat(server.requests()).hasSize(8);
        assertThat(server.rounds()).isEqualTo(3);
    }

    @Test
    void holdsTheTargetItsRevisionsPodsEventsAndLogs() throws IOException {
        Snapshot snapshot = take();

        assertThat(snapshot.objects().stream().map(Resource::kindName))
                .containsExactly(
                        "Deployment/crashy",
                        "Event/crashy-5d9c7b6f4-x2x9z.1",
                        "Pod/crashy-5d9c7b6f4-x2x9z",
                        "ReplicaSet/crashy-5d9c7b6f4");
        assertThat(log(snapshot, true).text()).contains("boom");
        assertThat(snapshot.source()).isEqualTo("test/demo");
        assertThat(snapshot.gaps()).isEmpty();
    }

    @Test
    void readsTheLogOfAContainerThatWaitsForItsRestartOnlyOnce() throws IOException {
        Snapshot snapshot = take();

        assertThat(server.requests(Crashy.LOG)).isEqualTo(1);
        assertThat(log(snapshot, false).text()).isEqualTo(log(snapshot, true).text());
    }

    @Test
    void holdsNoCredentialAndNoFieldManagers() throws IOException {
        String bytes = new String(Snapshots.toBytes(take()), StandardCharsets.UTF_8);

        assertThat(bytes)
                .doesNotContain("hunter2", "abc123", "managedFields", "last-applied")
                .contains("kept");
    }

    @Test
    void isTheSameWhateverOrderTheServerAnswersIn() throws IOException {
        byte[] first =
                Snapshots.toBytes(new Snapshot("s", Instant.EPOCH, take().objects(), take().logs(), take().gaps()));
        server.json(
                Crashy.EVENTS,
                "{\"items\":[" + Crashy.event("bystander-1") + "," + Crashy.event("crashy-5d9c7b6f4-x2x9z") + "]}");

        byte[] second =
                Snapshots.toBytes(new Snapshot("s", Instant.EPOCH, take().objects(), take().logs(), take().gaps()));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void asksForNamesOfSecretsOnlyAndOnlyWhenAPodWaitsForOne() throws IOException {
        String waiting = pod(
                        "crashy-5d9c7b6f4-x2x9z",
                        "{\"waiting\":{\"reason\":\"CreateContainerConfigError\"}}",
                        "Pending")
                .replace("\"spec\":{", "\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":\"tls\"}}],");
        server.json(Crashy.PODS, "{\"items\":[" + waiting + "]}");
        server.on(
                "/api/v1/namespaces/demo/secrets",
                FakeApiServer.json(
                        200, "{\"items\":[{\"metadata\":{\"name\":\"tls\"},\"data\":{\"k\":\"c2VjcmV0\"}}]}"));

        Snapshot snapshot = take();

        assertThat(server.requests().stream().filter(request -> request.path().endsWith("/secrets")))
                .singleElement()
                .satisfies(request -> assertThat(request.accept()).contains("PartialObjectMetadataList"));
        assertThat(snapshot.find("Secret", "", "tls").orElseThrow().toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void readsAListInPagesUpToItsEnd() throws IOException {
        String path = "/api/v1/namespaces/demo/configmaps";
        server.on(
                path,
                FakeApiServer.json(
                        200, "{\"metadata\":{\"continue\":\"next\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}"),
                FakeApiServer.json(200, "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"b\"}}]}"));
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");

        Snapshot snapshot = takeNamespace();

        assertThat(snapshot.all("ConfigMap").map(Resource::name)).containsExactly("a", "b");
        assertThat(server.requests().stream()
                        .filter(request -> request.path().equals(path))
                        .map(FakeApiServer.Request::query))
                .containsExactly("limit=500", "limit=500&continue=next");
        assertThat(server.requests().stream()
                        .filter(request -> request.path().equals("/api/v1/namespaces/demo/events"))
                        .map(FakeApiServer.Request::query))
                .as("events are many and small")
                .containsExactly("limit=1000");
    }

    @Test
    void readsANamespaceWithOneLogForEachWayOfFailing() throws IOException {
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");
        String pods = IntStream.range(0, 30)
                .mapToObj(i -> Crashy.pod().replace("x2x9z", "pod" + i))
                .collect(Collectors.joining(","));
        server.json(Crashy.PODS, "{\"items\":[" + pods + "]}");

        takeNamespace();

        assertThat(server.requests().stream().filter(request -> request.path().endsWith("/log")))
                .hasSize(1);
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(26);
        assertThat(server.mostAtOnce()).isLessThanOrEqualTo(8);
    }
}
