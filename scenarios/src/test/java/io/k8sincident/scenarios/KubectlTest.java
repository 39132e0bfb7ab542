package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that people type, with a real kubectl: on the PATH, or named by the variable KUBECTL. */
class KubectlTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Optional<String> kubectl = find();
    private Optional<PracticeCluster> cluster = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(kubectl.isPresent(), "no kubectl on the PATH; name one with the variable KUBECTL");
        cluster = Optional.of(PracticeCluster.start(
                PracticeOptions.defaults().withTimeScale(20).withKubeconfig(folder.resolve("kubeconfig"))));
        Scenario scenario = Scenarios.find("crashloop").orElseThrow();
        Files.writeString(folder.resolve("manifest.yaml"), scenario.manifest());
        Files.writeString(folder.resolve("broken.yaml"), scenario.broken().orElseThrow());
    }

    @AfterEach
    void stop() {
        cluster.ifPresent(PracticeCluster::close);
    }

    @Test
    void appliesRollsBackAndTellsTheHistory() throws Exception {
        assertThat(run("apply", "-f", "manifest.yaml")).contains("deployment.apps/crashy created");
        assertThat(run("rollout", "status", "deployment/crashy", "--timeout=20s"))
                .contains("successfully rolled out");
        assertThat(run("apply", "-f", "broken.yaml")).contains("deployment.apps/crashy configured");
        assertThat(run("rollout", "undo", "deployment/crashy")).contains("rolled back");
        assertThat(run("rollout", "status", "deployment/crashy", "--timeout=20s"))
                .contains("successfully rolled out");
        assertThat(run("rollout", "history", "deployment/crashy")).contains("2", "3", "release 1", "release 2");
        assertThat(run("apply", "-f", "manifest.yaml")).contains("deployment.apps/crashy");
    }

    @Test
    void looksAtThingsAndChangesThem() throws Exception {
        run("apply", "-f", "manifest.yaml");
        run("rollout", "status", "deployment/crashy", "--timeout=20s");

        assertThat(run("get", "pods")).contains("READY", "STATUS", "RESTARTS", "Running");
        assertThat(run("get", "deployments", "-o", "wide")).contains("UP-TO-DATE", "busybox:1.36");
        assertThat(run("describe", "deployment", "crashy")).contains("NewReplicaSetAvailable", "Scaled up replica set");
        assertThat(run("set", "image", "deployment/crashy", "app=busybox:none")).contains("image updated");
        assertThat(run("scale", "deployment/crashy", "--replicas=3")).contains("scaled");
        assertThat(run("rollout", "restart", "deployment/crashy")).contains("restarted");
        assertThat(run("apply", "--server-side", "--force-conflicts", "-f", "manifest.yaml"))
                .contains("serverside-applied");
        assertThat(run("create", "namespace", "other")).contains("namespace/other created");
        assertThat(run("auth", "can-i", "patch", "deployments")).contains("yes");
        assertThat(run("delete", "deployment", "crashy")).contains("deleted");
        assertThat(run("delete", "namespace", "other")).contains("deleted");
    }

    @Test
    void readsLogsOfARunThatEnded() throws Exception {
        Files.writeString(
                folder.resolve("exit.yaml"),
                Manifests.deployment(
                        "demo", "exit", "busybox:1.36", "[\"sh\", \"-c\", \"echo FATAL; sleep 1; exit 1\"]"));
        run("apply", "-f", "exit.yaml");

        run("wait", "--for=jsonpath={.status.conditions[?(@.type==\"Available\")].status}=False", "deployment/exit");
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(run("logs", "-p", "deployment/exit")).contains("FATAL"));

        assertThat(run("get", "events")).contains("SuccessfulCreate");
    }

    private String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(kubectl.orElseThrow(), "--kubeconfig", "kubeconfig"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }

    private static Optional<String> find() {
        String named = System.getProperty("KUBECTL", System.getenv().getOrDefault("KUBECTL", ""));
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "kubectl"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
