package io.k8sincident.cli.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.workflows.model.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The scenario {@code crashloop} under a name of its own, on the real cluster, and what was written to it. */
final class CrashingDeployment implements AutoCloseable {
    static final String NAMESPACE = "demo";
    private static final Path SCENARIO = Path.of("../scenarios/src/main/resources/scenarios/crashloop");
    private static final String AGENT = "fieldManager=k8s-incident-agent";
    private final KubernetesClient cluster;
    private final Path auditLog;
    private final String name;

    private CrashingDeployment(KubernetesClient cluster, Path auditLog, String name) {
        this.cluster = cluster;
        this.auditLog = auditLog;
        this.name = name;
    }

    /** Applies the healthy revision, waits until it is ready, breaks it, and waits until it crashes. */
    static CrashingDeployment start(KubernetesClient cluster, Path auditLog, String name) throws IOException {
        return start(
                cluster,
                auditLog,
                name,
                Files.readString(SCENARIO.resolve("manifest.yaml")),
                Files.readString(SCENARIO.resolve("broken.yaml")));
    }

    /** The same with other manifests, in which the Deployment is called {@code crashy}. */
    static CrashingDeployment start(
            KubernetesClient cluster, Path auditLog, String name, String healthy, String broken) {
        // Unique, because the audit log still has what was written to deployments of that name in earlier runs.
        String unique = name + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        CrashingDeployment deployment = new CrashingDeployment(cluster, auditLog, unique);
        makeNamespace(cluster);
        deployment.apply(healthy);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(deployment::isReady);
        deployment.apply(broken);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(deployment::crashes);
        return deployment;
    }

    /** Unless it is there. */
    static void makeNamespace(KubernetesClient cluster) {
        cluster.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    Target target() {
        return Target.deployment(NAMESPACE, name);
    }

    String command() {
        return String.join(
                " ",
                current()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getCommand());
    }

    boolean isReady() {
        Deployment current = current();
        Integer ready = current.getStatus().getReadyReplicas();
        Integer updated = current.getStatus().getUpdatedReplicas();
        Integer wanted = current.getSpec().getReplicas();
        return wanted.equals(ready)
                && wanted.equals(updated)
                && current.getMetadata()
                        .getGeneration()
                        .equals(current.getStatus().getObservedGeneration());
    }

    /** Changes the deployment as somebody else would. */
    void scale(int replicas) {
        cluster.apps().deployments().inNamespace(NAMESPACE).withName(name).scale(replicas);
    }

    /** The writes of the agent that the API server accepted, dry runs left out, in order. */
    List<AcceptedWrite> writes() throws IOException {
        try (Stream<String> lines = Files.lines(auditLog, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(AGENT) && line.contains("\"" + name + "\""))
                    .map(CrashingDeployment::parse)
                    .filter(entry ->
                            entry.path("objectRef").path("name").asText().equals(name)
                                    && entry.path("stage").asText().equals("ResponseComplete")
                                    && entry.path("responseStatus").path("code").asInt() < 300
                                    && entry.path("requestURI").asText().contains(AGENT)
                                    && !entry.path("requestURI").asText().contains("dryRun"))
                    .map(AcceptedWrite::logged)
                    .toList();
        }
    }

    @Override
    public void close() {
        cluster.apps().deployments().inNamespace(NAMESPACE).withName(name).delete();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> pods().isEmpty());
    }

    private boolean crashes() {
        return pods().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .anyMatch(container -> container.getRestartCount() > 0);
    }

    private List<Pod> pods() {
        return cluster.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(name + "-"))
                .toList();
    }

    private Deployment current() {
        return cluster.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .require();
    }

    private void apply(String yaml) {
        cluster.load(new ByteArrayInputStream(yaml.replace("crashy", name).getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
