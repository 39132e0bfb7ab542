package io.k8sincident.cli.local;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts a Temporal server: the one of the {@code temporal} binary if there is one, else the embedded test server. */
final class TemporalLauncher {
    private static final String EMBEDDED = "io.k8sincident.worker.embedded.EmbeddedTemporal";
    private static final Pattern READY_LINE = Pattern.compile("temporal ready: (\\S+:\\d+).*");
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";

    private final Program program;
    private final Surroundings surroundings;
    private final Path directory;

    TemporalLauncher(Program program, Surroundings surroundings, Path directory) {
        this.program = program;
        this.surroundings = surroundings;
        this.directory = directory;
    }

    /** Starts it and waits until it answers; {@code database} is where a durable one keeps its state. */
    TemporalProcess start(Path database) throws IOException, InterruptedException {
        Optional<Path> binary = binary();
        return binary.isPresent() ? durable(binary.get(), database) : embedded();
    }

    private Optional<Path> binary() {
        return Arrays.stream(surroundings.variable("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "temporal"))
                .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
                .findFirst();
    }

    private TemporalProcess embedded() throws IOException, InterruptedException {
        Path ready = directory.resolve("temporal.ready");
        Files.deleteIfExists(ready);
        List<String> command = program.command("worker", EMBEDDED, List.of("-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("--port", "0", "--ready-file", ready.toString(), "--exit-with-parent"));
        ChildProcess process = ChildProcess.start(
                "the embedded Temporal server", command, Map.of(), directory.resolve("temporal.log"));
        Matcher line = READY_LINE.matcher(process.awaitReady(ready, LONGEST));
        if (!line.matches()) {
            throw process.failed("did not say where it listens");
        }
        return new TemporalProcess(process, line.group(1), Optional.empty(), true);
    }

    private TemporalProcess durable(Path binary, Path database) throws InterruptedException {
        int port = freePort();
        int ui = freePort();
        List<String> command = List.of(
                binary.toString(),
                "server",
                "start-dev",
                "--ip",
                LOOPBACK,
                "--port",
                String.valueOf(port),
                "--ui-port",
                String.valueOf(ui),
                "--db-filename",
                database.toString(),
                "--log-level",
                "warn");
        ChildProcess process = ChildProcess.start("Temporal", command, Map.of(), directory.resolve("temporal.log"));
        process.await(() -> listens(port), LONGEST);
        return new TemporalProcess(process, LOOPBACK + ":" + port, Optional.of("http://" + LOOPBACK + ":" + ui), false);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw Problem.error("no port is free: " + e.getMessage(), "end what you do not need and try again")
                    .causedBy(e);
        }
    }
}
