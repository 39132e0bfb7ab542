package io.k8sincident.scenarios.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own, with its data in a directory that is deleted with it: on a port of 127.0.0.1 that was
 * free, and on a Unix socket. Its superuser is {@link #SUPERUSER}. Not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String SUPERUSER = "postgres";

    /** The superuser's, and good for nothing else. */
    public static final String PASSWORD = "superuser of the tests";

    private static final int LONGEST_SECONDS = 60;

    private final PostgresPrograms programs;
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private PostgresServer(PostgresPrograms programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Makes a server and starts it.
     *
     * @throws IOException if it cannot be made or started; the message ends with what the server said
     */
    public static PostgresServer start(PostgresPrograms programs) throws IOException {
        Path directory = Files.createTempDirectory("incident-postgres-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresServer server = new PostgresServer(programs, directory, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        if (PostgresPrograms.root()) {
            var owners = directory.getFileSystem().getUserPrincipalLookupService();
            for (Path each : List.of(directory, password)) {
                Files.setOwner(each, owners.lookupPrincipalByName(PostgresPrograms.USER));
            }
        }
        server.run(
                "initdb",
                "-D",
                server.data(),
                "-U",
                SUPERUSER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        server.start();
        return server;
    }

    /** Starts it again where it has ended or was killed; returns when it answers. */
    public void start() throws IOException {
        Process started = builder(
                        "postgres",
                        "-D",
                        data(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-k",
                        directory.toString(),
                        "-c",
                        "max_connections=50")
                .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!ready(started.pid())) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("PostgreSQL does not start: " + said());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Ends all of its processes at once, as a power failure would, but for what the operating system still writes. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            var unused = running.waitFor();
            children.forEach(child -> child.onExit().join());
        }
    }

    /** {@code jdbc:postgresql://127.0.0.1:…/database}. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Ends it and deletes its directory. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It lies among the temporary files, and nobody needs it.
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** The server writes its state into the eighth line of the file with its process id. */
    private boolean ready(long pid) throws IOException {
        Path file = directory.resolve("data").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() > 7
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    private void run(String program, String... arguments) throws IOException {
        try {
            if (builder(program, arguments).start().waitFor() != 0) {
                throw new IOException(program + " failed: " + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
    }

    private ProcessBuilder builder(String program, String... arguments) {
        return new ProcessBuilder(programs.command(program, arguments))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return directory.resolve("log");
    }

    private String said() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
