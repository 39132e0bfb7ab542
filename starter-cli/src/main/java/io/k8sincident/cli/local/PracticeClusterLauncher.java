package io.k8sincident.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the practice cluster. */
final class PracticeClusterLauncher {
    private static final String MAIN_CLASS = "io.k8sincident.scenarios.PracticeCluster";

    private final Program program;
    private final Path directory;

    PracticeClusterLauncher(Program program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** Starts it without waiting for it. */
    PracticeClusterProcess begin() throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.deleteIfExists(kubeconfig);
        List<String> command = program.command("scenarios", MAIN_CLASS, List.of("-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("--port", "0", "--kubeconfig", kubeconfig.toString(), "--exit-with-parent"));
        ChildProcess process =
                ChildProcess.start("the practice cluster", command, Map.of(), directory.resolve("cluster.log"));
        return new PracticeClusterProcess(process, kubeconfig);
    }
}
