package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.activities.recording.RecordingWriter;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Reads a real cluster, in a namespace of its own that it deletes afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = LiveSourceIT.KUBECONFIG,
        matches = ".+",
        disabledReason = "set INCIDENT_REAL_KUBECONFIG to the kubeconfig of a real cluster to run this")
class LiveSourceIT {
    static final String KUBECONFIG = "INCIDENT_REAL_KUBECONFIG";
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: crashy}
            spec:
              selector: {matchLabels: {app: crashy}}
              template:
                metadata: {labels: {app: crashy}}
                spec:
                  containers:
                  - name: app
                    image: busybox:1.36
                    command: [/bin/sh, -c, "echo password=hunter2hunter2; echo boom; exit 3"]
            """;

    private final String namespace =
            "evidence-it-" + UUID.randomUUID().toString().substring(0, 8);
    private final KubernetesConnection connection =
            KubernetesConnection.open(Path.of(System.getenv().getOrDefault(KUBECONFIG, "")), null);
    private final KubernetesClient writer = connection.openWriter();

    @BeforeAll
    void deploy() {
        writer.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        writer.load(new ByteArrayInputStream(WORKLOAD.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> target().logs().stream().anyMatch(log -> log.text().contains("boom")));
    }

    @AfterAll
    void clean() {
        writer.namespaces().withName(namespace).delete();
        writer.close();
        connection.close();
    }

    @Test
    void readsWhyADeploymentCrashes() {
        Snapshot snapshot = target();

        assertThat(snapshot.objects().stream().map(Resource::kind).distinct())
                .contains("Deployment", "ReplicaSet", "Pod", "Event");
        assertThat(snapshot.gaps()).isEmpty();
    }

    @Test
    void keepsNoPassword() {
        assertThat(new String(Snapshots.toBytes(target()), StandardCharsets.UTF_8))
                .contains("[redacted:password]")
                .doesNotContain("hunter2");
    }

    @Test
    void readsTheNamespaceWithoutGaps() {
        Snapshot snapshot = new LiveSource(connection).take(Scope.namespace(namespace));

        assertThat(snapshot.gaps()).isEmpty();
        assertThat(snapshot.all("Node")).isNotEmpty();
    }

    @Test
    void aRecordingIsDiagnosedAsTheClusterWas(@TempDir Path folder) {
        Snapshot live = new LiveSource(connection).take(Scope.namespace(namespace));

        new RecordingWriter(folder.resolve("case.tar.gz"), false).write(live, ServerVersion.of(connection));
        new RecordingWriter(folder.resolve("case"), false).write(live, ServerVersion.of(connection));

        Snapshot recorded = new RecordedSource(folder.resolve("case")).take(Scope.everything());
        assertThat(ServerVersion.of(connection)).startsWith("v1.");
        assertThat(diagnoses(recorded)).isEqualTo(diagnoses(live)).contains("crashy");
    }

    private static String diagnoses(Snapshot snapshot) {
        Snapshot unnamed = new Snapshot("", snapshot.takenAt(), snapshot.objects(), snapshot.logs(), snapshot.gaps());
        return WireFormat.mapper()
                .valueToTree(Diagnosticians.standard().diagnose(unnamed))
                .toString();
    }

    @Test
    void goesFromAPodToItsDeployment() {
        String pod = target().all("Pod").findFirst().orElseThrow().name();

        Target owner = new TargetResolver(connection).resolve("pod/" + pod, namespace);

        assertThat(owner.kindName()).isEqualTo("Deployment/crashy");
    }

    private Snapshot target() {
        return new LiveSource(connection).take(Scope.of(Target.deployment(namespace, "crashy")));
    }
}
