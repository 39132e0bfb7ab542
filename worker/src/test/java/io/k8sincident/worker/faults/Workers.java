package io.k8sincident.worker.faults;

import io.k8sincident.worker.WorkerApplication;
import io.k8sincident.worker.config.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** One process for each role: what reads and decides, and what writes. */
final class Workers implements AutoCloseable {
    private static final List<Role> ROLES = List.of(Role.READER, Role.EXECUTOR);

    private final Path folder;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Map<Role, JavaProcess> processes = new ConcurrentHashMap<>();

    Workers(
            Path folder,
            String cluster,
            String temporal,
            Path kubeconfig,
            Map<String, String> more,
            List<String> arguments) {
        this.folder = folder;
        this.arguments = arguments;
        this.environment = new HashMap<>(more);
        environment.put("INCIDENT_CLUSTER", cluster);
        environment.put("TEMPORAL_ADDRESS", temporal);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("INCIDENT_RUNS", folder.resolve("runs").toString());
    }

    /** Starts those that do not run, and waits until all serve. */
    void up() throws IOException {
        boolean serving = false;
        while (!serving) {
            for (Role role : ROLES) {
                JavaProcess process = processes.get(role);
                if (process == null || !process.isAlive()) {
                    processes.put(role, start(role));
                }
            }
            serving = true;
            for (Role role : ROLES) {
                serving &=
                        Objects.requireNonNull(processes.get(role)).awaitReady().isPresent();
            }
        }
    }

    private JavaProcess start(Role role) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--incident.roles=" + role.name().toLowerCase(Locale.ROOT));
        all.add("--incident.ready-file=READY");
        all.add("--incident.exit-with-parent=true");
        return JavaProcess.start(
                WorkerApplication.class, all, environment, folder, role.name().toLowerCase(Locale.ROOT));
    }

    void kill(Role role) {
        JavaProcess process = processes.get(role);
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void close() {
        processes.values().forEach(JavaProcess::kill);
    }
}
