package io.k8sincident.cli.local;

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
    PracticeClusterProcess begin() {
        Path ready = directory.resolve("cluster.ready");
        Path kubeconfig = directory.resolve("kubeconfig");
        List<String> command = program.command("scenarios", MAIN_CLASS, List.of("-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of(
                "--port",
                "0",
                "--kubeconfig",
                kubeconfig.toString(),
                "--ready-file",
                ready.toString(),
                "--exit-with-parent"));
        ChildProcess process =
                ChildProcess.start("the practice cluster", command, Map.of(), directory.resolve("cluster.log"));
        return new PracticeClusterProcess(process, ready, kubeconfig);
    }
}
