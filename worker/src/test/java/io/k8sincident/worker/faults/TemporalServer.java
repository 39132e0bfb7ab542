package io.k8sincident.worker.faults;

import io.k8sincident.worker.embedded.EmbeddedTemporal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the incidents live. */
interface TemporalServer extends AutoCloseable {
    String address();

    /** Signal 9, and up again on the data that it had; whether it can do that. */
    boolean strike() throws IOException;

    @Override
    void close() throws IOException;

    /** Temporal's server for tests, in a process of its own; its data die with it. */
    static TemporalServer inMemory(Path folder) throws IOException {
        JavaProcess process = JavaProcess.start(
                EmbeddedTemporal.class,
                List.of("--port", "0", "--ready-file", "READY", "--exit-with-parent"),
                Map.of(),
                folder,
                "temporal");
        String address = process.awaitReady().orElseThrow().split(" ", -1)[2];
        return new TemporalServer() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public boolean strike() {
                return false;
            }

            @Override
            public void close() {
                process.kill();
            }
        };
    }
}
