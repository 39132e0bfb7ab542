package io.k8sincident.cli.local;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Temporal, the practice cluster and a worker, each a process of its own on loopback with a free port. All end when this
 * is closed, and when this process ends.
 */
public final class LocalServers implements AutoCloseable {
    private final List<ChildProcess> processes = Collections.synchronizedList(new ArrayList<>());
    private final Thread hook = new Thread(this::close, "end-local-servers");

    /** Starts all three and says what it starts; logs and other files lie in {@code directory}. */
    public LocalStack start(
            Program program, Surroundings surroundings, Path directory, Path database, Consumer<String> talk)
            throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(hook);
        Files.createDirectories(directory);
        PracticeClusterProcess practice = new PracticeClusterLauncher(program, directory).begin();
        processes.add(practice.process());
        TemporalProcess temporal = new TemporalLauncher(program, surroundings, directory).start(database);
        processes.add(temporal.process());
        talk.accept(temporal.describe());
        practice.awaitReady();
        talk.accept("practice cluster, simulated: KUBECONFIG=" + practice.kubeconfig());
        ChildProcess worker = new WorkerLauncher(program, surroundings, directory).start(temporal, practice);
        processes.add(worker);
        talk.accept("worker ready");
        return new LocalStack(
                temporal.address(),
                WorkerLauncher.NAMESPACE,
                temporal.ui().orElse(null),
                practice.kubeconfig().toString(),
                WorkerLauncher.CLUSTER,
                temporal.embedded(),
                processes.stream().map(ChildProcess::pid).toList());
    }

    /** The first that has ended; waits for it. */
    public ChildProcess awaitFirstEnd() throws InterruptedException {
        while (true) {
            for (ChildProcess process : List.copyOf(processes)) {
                if (!process.alive()) {
                    return process;
                }
            }
            Thread.sleep(200);
        }
    }

    /** Ends them, the last started first. */
    @Override
    public void close() {
        List<ChildProcess> reversed = new ArrayList<>(processes);
        Collections.reverse(reversed);
        reversed.forEach(ChildProcess::close);
        processes.clear();
    }
}
