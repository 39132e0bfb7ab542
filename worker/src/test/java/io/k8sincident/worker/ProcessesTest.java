package io.k8sincident.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.worker.embedded.EmbeddedTemporal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker and the embedded server as the processes that they are. */
@Timeout(120)
class ProcessesTest {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWithExitCode2AndOneLineWhenASettingIsWrong() throws Exception {
        Process worker = start(WorkerApplication.class, "127.0.0.1:1", "--incident.cluster=a:b");

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines())
                .singleElement()
                .asString()
                .startsWith("error: incident.cluster is \"a:b\"")
                .contains("nothing was changed", "INCIDENT_CLUSTER");
    }

    @Test
    void endsWithExitCode2WhenASettingIsNotKnown() throws Exception {
        Process worker = start(WorkerApplication.class, "127.0.0.1:1", "--incident.clutser=x");

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines()).singleElement().asString().startsWith("error: incident.clutser");
    }

    @Test
    void endsWithExitCode2WhenTemporalsAddressIsWrong() throws Exception {
        Process worker = start(WorkerApplication.class, "nonsense");

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines()).singleElement().asString().startsWith("error: TEMPORAL_ADDRESS");
    }

    @Test
    void endsWithExitCode2WhenTheContextIsNotThere() throws Exception {
        Process worker = start(WorkerApplication.class, "127.0.0.1:1", "--incident.context=elsewhere");

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines())
                .singleElement()
                .asString()
                .startsWith("error: the cluster cannot be used")
                .contains("elsewhere");
    }

    @Test
    void endsWithExitCode2WhenThePolicyIsMalformed() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), "versoin: 1\n");
        Process worker = start(WorkerApplication.class, "127.0.0.1:1", "--incident.policy=" + policy);

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines())
                .singleElement()
                .asString()
                .startsWith("error: the policy cannot be used: policy.yaml:1")
                .contains("versoin");
    }

    @Test
    void endsWithExitCode2WhenTheAuditDatabaseDoesNotAnswer() throws Exception {
        Process worker = start(
                WorkerApplication.class,
                "127.0.0.1:1",
                "--incident.audit-database=jdbc:postgresql://127.0.0.1:1/incident");

        assertThat(worker.waitFor()).isEqualTo(2);
        assertThat(output(worker).lines())
                .singleElement()
                .asString()
                .startsWith("error: the audit database cannot be used: jdbc:postgresql://127.0.0.1:1/incident")
                .contains("see that it runs", "nothing was changed");
    }

    @Test
    void loadsNoClassOfADatabaseThatIsNotNamed() throws Exception {
        Path classes = directory.resolve("classes");
        Process worker = start(
                List.of("-Xlog:class+load:file=" + classes), WorkerApplication.class, "127.0.0.1:1", new String[0]);
        await().atMost(START).until(() -> output(worker).contains("waiting for the Temporal server"));

        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains(" io.k8sincident.worker.FileStores "))
                .noneMatch(line -> line.contains(" org.postgresql.")
                        || line.contains(" org.flywaydb.")
                        || line.contains(" com.zaxxer.")
                        || line.contains(" java.sql.Driver"));
    }

    @Test
    void endsWhileItWaitsWhenItIsTold() throws Exception {
        Process worker = start(WorkerApplication.class, "127.0.0.1:1");
        await().atMost(START).until(() -> output(worker).contains("waiting for the Temporal server at 127.0.0.1:1"));

        worker.destroy();

        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void servesBesideTheEmbeddedServerAndEndsWithItsParent() throws Exception {
        Path temporalReady = directory.resolve("temporal");
        Process temporal = start(
                EmbeddedTemporal.class,
                "",
                "--port",
                "0",
                "--ready-file",
                temporalReady.toString(),
                "--exit-with-parent");
        await().atMost(START).until(() -> Files.exists(temporalReady));
        String address = Files.readString(temporalReady).split(" ", -1)[2];
        Path workerReady = directory.resolve("worker");
        Process worker = start(
                WorkerApplication.class,
                address,
                "--incident.sticky-timeout=0s",
                "--incident.runs=" + directory.resolve("runs"),
                "--incident.ready-file=" + workerReady,
                "--incident.exit-with-parent=true");
        await().atMost(START).until(() -> Files.exists(workerReady));
        assertThat(workerReady).content().startsWith("worker ready: ").contains(address);

        worker.getOutputStream().close();

        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(workerReady).doesNotExist();
        assertThat(temporal.isAlive()).isTrue();
        temporal.getOutputStream().close();
        assertThat(temporal.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(Class<?> main, String temporalAddress, String... arguments) throws IOException {
        return start(List.of(), main, temporalAddress, arguments);
    }

    private Process start(List<String> options, Class<?> main, String temporalAddress, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        if (Runtime.version().feature() >= 24) {
            // Else the JVM itself warns of what gRPC and protobuf do, on the stream that the tests read.
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(processes.size() + ".log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_") || name.startsWith("INCIDENT_"));
        builder.environment().put("KUBECONFIG", kubeconfig().toString());
        // Where the worker makes a key for its audit trail.
        builder.environment().put("INCIDENT_RUNS", directory.resolve("runs").toString());
        builder.environment().put("TEMPORAL_ADDRESS", temporalAddress);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Of a cluster that is not there: the worker does not ask it anything before the first incident. */
    private Path kubeconfig() throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: nowhere
                clusters: [{name: nowhere, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: nobody, user: {}}]
                contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
                """);
    }

    private String output(Process process) throws IOException {
        return Files.readString(directory.resolve(processes.indexOf(process) + ".log"), StandardCharsets.UTF_8);
    }
}
