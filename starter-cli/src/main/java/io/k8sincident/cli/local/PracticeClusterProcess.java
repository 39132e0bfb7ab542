package io.k8sincident.cli.local;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The practice cluster: a small simulated API server.
 *
 * @param kubeconfig a file that leads to it, written when it is ready
 */
record PracticeClusterProcess(ChildProcess process, Path readyFile, Path kubeconfig) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    void awaitReady() throws InterruptedException {
        process.awaitReady(readyFile, LONGEST);
    }
}
