package io.k8sincident.worker.embedded;

import io.k8sincident.worker.process.ParentProcess;
import io.k8sincident.worker.process.ReadyFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The process in which the embedded Temporal server runs, apart from the worker, so that a worker's death leaves it
 * alone. Says on standard output, in one line, where it listens. Exit code 2 for a wrong argument, 1 for a taken port.
 */
public final class EmbeddedTemporal {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private EmbeddedTemporal() {}

    /** {@code [--port N] [--ready-file PATH] [--exit-with-parent] [--with-incident]}. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        Optional<Integer> failure = Optional.empty();
        try {
            run(EmbeddedOptions.parse(args));
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage() + " · the embedded Temporal server was not started"
                    + " · use [--port N] [--ready-file PATH] [--exit-with-parent] [--with-incident]");
            failure = Optional.of(USAGE);
        } catch (IOException e) {
            System.err.println("error: the embedded Temporal server cannot listen: " + e.getMessage()
                    + " · nothing was started · choose another --port, or 0 for a free one");
            failure = Optional.of(FAILED);
        }
        failure.ifPresent(System::exit);
    }

    @SuppressWarnings("SystemOut")
    private static void run(EmbeddedOptions options) throws IOException, InterruptedException {
        Optional<ReadyFile> readyFile = options.readyFile().map(ReadyFile::new);
        readyFile.ifPresent(ReadyFile::clear);
        try (LoopbackTestServer server = LoopbackTestServer.start(options.port())) {
            if (options.withIncident()) {
                IdleIncident.open(server.address());
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> readyFile.ifPresent(ReadyFile::close)));
            String line = "temporal ready: " + server.address() + " (Temporal's Java test server, in memory)";
            System.out.println(line);
            readyFile.ifPresent(file -> file.announce(line));
            if (options.exitWithParent()) {
                new ParentProcess(System.in).onEnd(() -> System.exit(0));
            }
            server.awaitEnd();
        }
    }
}
