package io.k8sincident.worker.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Temporal server on its database, made by the script that {@code INCIDENT_REAL_TEMPORAL_SCRIPT} names. */
final class RealTemporal implements TemporalServer {
    private final Path script;
    private final int port;

    /** On a port that was free, and so is the one 1,000 above, for the Web UI. */
    RealTemporal(Path script) throws IOException {
        this.script = script;
        this.port = freePort();
        run("up", "--scale");
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean strike() throws IOException {
        run("crash");
        run("restart");
        return true;
    }

    @Override
    public void close() throws IOException {
        run("purge");
    }

    private void run(String command, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(script.toString(), command, "--port", "" + port));
        all.addAll(List.of(more));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(all + " failed: " + said);
        }
    }

    private static int freePort() throws IOException {
        for (int port = 17_000; port < 17_900; port++) {
            if (free(port) && free(port + 10) && free(port + 1000)) {
                return port;
            }
        }
        throw new IOException("no port between 17000 and 17900 is free");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
