package io.k8sincident.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The practice cluster: a small simulated API server.
 *
 * @param kubeconfig a file that leads to it; it appears when the cluster is ready
 */
record PracticeClusterProcess(ChildProcess process, Path kubeconfig) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    void awaitReady() throws InterruptedException {
        process.await(() -> Files.exists(kubeconfig), LONGEST);
    }
}
