package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.scenarios.secrets.PlantedSecrets;
import io.k8sincident.scenarios.secrets.PlantedSecrets.Planted;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A thousand secrets in the logs, events, annotations and environment of a crashing Deployment: after a whole incident, none
 * stands in Temporal's history, in the trail, in a log of the worker or in anything that a command printed. The images that a
 * restoration needs keep the environment as it is: in files that nobody but the worker's user can read.
 */
class PlantedSecretsIT extends RealIncidentTestBase {
    private static final int LOGGED = 700;
    private static final int ANNOTATED = 100;
    private static final int IN_ENV = 100;
    private static final int IN_EVENTS = 100;

    private final List<Planted> planted = new PlantedSecrets(20261129).make(LOGGED + ANNOTATED + IN_ENV + IN_EVENTS);
    private final Leaks leaks = Leaks.of(planted);
    private final Map<String, String> said = new HashMap<>();
    private int imagesWithSecrets;

    @Test
    void noneOfAThousandSecretsIsLeftAfterAWholeIncident() throws Exception {
        CrashingDeployment.makeNamespace(cluster);
        cluster.configMaps()
                .inNamespace(CrashingDeployment.NAMESPACE)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("planted-lines")
                        .endMetadata()
                        .addToData("lines", lines(planted.subList(0, LOGGED)))
                        .build())
                .serverSideApply();
        try (CrashingDeployment leaky = CrashingDeployment.start(
                cluster,
                servers.auditLog(),
                "leaky",
                manifest(0, "exec /bin/httpd -f -p 8080"),
                manifest(1, "cat /planted/lines; exec /bin/httpdd -f -p 8080"))) {
            saidByEvents(leaky);

            hear("triage", "-n", CrashingDeployment.NAMESPACE);
            hear("triage", "-n", CrashingDeployment.NAMESPACE, "-o", "json");
            String id = start(leaky);
            hear("plan", id);
            hear("plan", id, "-o", "json");
            hear("show", id, "-o", "json");
            hear("evidence", id);
            hear("list");
            hear("approve", id, "--digest", digest(id), "--as", "dana", "--reason", "bad release");
            hear("watch", id);
            hear("show", id, "-o", "wide");
            hear("audit", "verify");

            assertThat(status(id).outcome()).isEqualTo(Outcome.RESOLVED);
            said.put("the history in Temporal", history(id));
            Plan plan = Objects.requireNonNull(
                    Objects.requireNonNull(status(id).proposal()).plan());
            hearFiles(images(plan));
            // There was something to be found, and it would have been: in what was read, each kind of place has its
            // marks.
            assertThat(imagesWithSecrets).isEqualTo(2);
            // How much of the log there is depends on how far the container had got with it when it was read.
            String read = said.entrySet().stream()
                    .filter(each -> each.getKey().startsWith("blobs/"))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining());
            assertThat(read).contains("example.com/note-0", "SETTING_0", "Failed");
            assertThat(read.split("\\[redacted:", -1).length).isGreaterThan(planted.size() / 4);
            assertThat(said.get("plan " + id)).contains("[redacted:");
            assertThat(said)
                    .allSatisfy((where, text) ->
                            assertThat(leaks.in(text)).as("secrets in " + where).isEmpty());
        } finally {
            cluster.configMaps()
                    .inNamespace(CrashingDeployment.NAMESPACE)
                    .withName("planted-lines")
                    .delete();
        }
    }

    private void hear(String... arguments) {
        Product.Answer answer = product.incident(arguments);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isIn(ExitCode.OK, ExitCode.FOUND);
        said.put(String.join(" ", arguments), answer.out() + answer.err());
    }

    /** Files and their names; the pre- and post-images are looked at for who may read them. */
    private void hearFiles(Set<String> images) throws IOException {
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean image =
                        images.stream().anyMatch(digest -> file.toString().contains(digest));
                if (image) {
                    imagesWithSecrets += leaks.in(Files.readString(file, StandardCharsets.ISO_8859_1))
                                    .isEmpty()
                            ? 0
                            : 1;
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                } else {
                    said.put(runs.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static Set<String> images(Plan plan) {
        Set<String> digests = new HashSet<>();
        for (PlannedAction planned : plan.actions()) {
            digests.add(planned.preImageDigest());
            digests.add(planned.postImageDigest());
        }
        return digests.stream()
                .map(digest -> digest.substring(digest.indexOf(':') + 1))
                .collect(Collectors.toSet());
    }

    private String history(String id) {
        return new String(temporal().fetchHistory(id).getHistory().toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private void saidByEvents(CrashingDeployment leaky) {
        String name = Objects.requireNonNull(leaky.target().name());
        String now = Instant.now().toString();
        for (Planted one : planted.subList(LOGGED + ANNOTATED + IN_ENV, planted.size())) {
            cluster.v1()
                    .events()
                    .inNamespace(CrashingDeployment.NAMESPACE)
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName(name + "-")
                            .endMetadata()
                            .withType("Warning")
                            .withReason("Failed")
                            .withMessage(one.line())
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withNewInvolvedObject()
                            .withApiVersion("apps/v1")
                            .withKind("Deployment")
                            .withNamespace(CrashingDeployment.NAMESPACE)
                            .withName(name)
                            .endInvolvedObject()
                            .build())
                    .create();
        }
    }

    /** @param revision 0 or 1: each has its half of the secrets */
    private String manifest(int revision, String script) {
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        for (Planted one : half(revision, planted.subList(LOGGED, LOGGED + ANNOTATED))) {
            annotations.put("example.com/note-" + annotations.size(), one.line());
        }
        List<ObjectNode> env = new ArrayList<>();
        for (Planted one : half(revision, planted.subList(LOGGED + ANNOTATED, LOGGED + ANNOTATED + IN_ENV))) {
            env.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("name", "SETTING_" + env.size())
                    // What looks like a reference to another variable would be replaced.
                    .put("value", one.line().replace("$(", "(")));
        }
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: crashy, namespace: demo, labels: {app: crashy}, annotations: %1$s}
            spec:
              replicas: 1
              selector: {matchLabels: {app: crashy}}
              template:
                metadata: {labels: {app: crashy}, annotations: %1$s}
                spec:
                  terminationGracePeriodSeconds: 1
                  volumes: [{name: planted, configMap: {name: planted-lines}}]
                  containers:
                  - name: app
                    image: busybox:1.36
                    command: [sh, -c, "%2$s"]
                    volumeMounts: [{name: planted, mountPath: /planted}]
                    env: %3$s
            """.formatted(annotations, script, env);
    }

    private static List<Planted> half(int which, List<Planted> all) {
        int middle = all.size() / 2;
        return which == 0 ? all.subList(0, middle) : all.subList(middle, all.size());
    }

    private static String lines(List<Planted> some) {
        return some.stream().map(Planted::line).collect(Collectors.joining("\n", "", "\n"));
    }
}
