package io.k8sincident.cli.local;

import io.k8sincident.cli.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the worker of the local servers, whatever the environment says of other servers. */
final class WorkerLauncher {
    static final String NAMESPACE = "default";

    /** What the practice cluster is called in ids and approvals. */
    static final String CLUSTER = "practice";

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Program program;
    private final Surroundings surroundings;
    private final Path directory;

    WorkerLauncher(Program program, Surroundings surroundings, Path directory) {
        this.program = program;
        this.surroundings = surroundings;
        this.directory = directory;
    }

    ChildProcess start(TemporalProcess temporal, PracticeClusterProcess practice)
            throws IOException, InterruptedException {
        Path ready = directory.resolve("worker.ready");
        Files.deleteIfExists(ready);
        List<String> command = program.command("worker", WorkerProgram.MAIN_CLASS, WorkerProgram.JAVA_OPTIONS);
        command.addAll(List.of("--incident.ready-file=" + ready, "--incident.exit-with-parent=true"));
        if (temporal.embedded()) {
            command.add(WorkerProgram.NO_STICKY_TIMEOUT);
        }
        ChildProcess process = ChildProcess.start(
                "the worker", command, environment(temporal, practice), directory.resolve("worker.log"));
        process.awaitReady(ready, LONGEST);
        return process;
    }

    private Map<String, String> environment(TemporalProcess temporal, PracticeClusterProcess practice)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        surroundings.environment().keySet().stream()
                .filter(name -> name.startsWith("TEMPORAL_"))
                .forEach(name -> environment.put(name, ""));
        Path profile = directory.resolve("temporal.toml");
        Files.writeString(profile, "");
        environment.put("TEMPORAL_CONFIG_FILE", profile.toString());
        environment.put("TEMPORAL_ADDRESS", temporal.address());
        environment.put("TEMPORAL_NAMESPACE", NAMESPACE);
        environment.put("KUBECONFIG", practice.kubeconfig().toString());
        environment.put("INCIDENT_CLUSTER", CLUSTER);
        environment.put("INCIDENT_CONTEXT", "");
        environment.put("INCIDENT_KUBECONFIG", "");
        environment.put("INCIDENT_RUNS", surroundings.runs().toString());
        return environment;
    }
}
