package io.k8sincident.cli.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers that {@code up} or {@code demo} runs on this machine; the content of {@code runs/up.json}.
 *
 * @param temporalAddress {@code host:port} on loopback
 * @param temporalUi address of the Web UI, if there is one
 * @param kubeconfig path of the practice cluster's
 * @param cluster its name
 * @param embedded whether Temporal is the Java test server
 * @param processes ids of all its processes; the file counts only while all of them live
 */
public record LocalStack(
        String temporalAddress,
        String temporalNamespace,
        @Nullable String temporalUi,
        String kubeconfig,
        String cluster,
        boolean embedded,
        List<Long> processes) {
    public LocalStack {
        processes = List.copyOf(processes);
    }

    /** Whether all its processes live. */
    public boolean alive() {
        return !processes.isEmpty()
                && processes.stream()
                        .allMatch(pid -> ProcessHandle.of(pid)
                                .map(ProcessHandle::isAlive)
                                .orElse(false));
    }
}
