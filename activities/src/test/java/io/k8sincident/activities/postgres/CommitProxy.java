package io.k8sincident.activities.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain proxy on loopback that drops a connection when a client asks to commit. */
final class CommitProxy implements AutoCloseable {
    /** When it drops. */
    enum Fault {
        /** The server never hears of it. */
        BEFORE_THE_SERVER,
        /** The server does it, and its answer is lost. */
        BEFORE_THE_ANSWER
    }

    final AtomicInteger dropped = new AtomicInteger();
    private final ServerSocket listening;
    private final int server;
    private final Fault fault;
    private final AtomicInteger left;

    /** @param times how often it drops a commit; afterwards it is a plain proxy */
    CommitProxy(int server, Fault fault, int times) throws IOException {
        this.server = server;
        this.fault = fault;
        this.left = new AtomicInteger(times);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            start(() -> copy(behind.getInputStream(), client.getOutputStream(), client, behind));
            start(() -> requests(client, behind));
        }
    }

    private void requests(Socket client, Socket behind) throws IOException {
        InputStream from = client.getInputStream();
        OutputStream to = behind.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            boolean commit = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("COMMIT");
            if (commit && left.getAndDecrement() > 0) {
                dropped.incrementAndGet();
                client.close();
                if (fault == Fault.BEFORE_THE_ANSWER) {
                    to.write(buffer, 0, read);
                    to.flush();
                    // Until the server has answered and finds nobody there.
                    var unused = behind.getInputStream().read();
                }
                behind.close();
                return;
            }
            to.write(buffer, 0, read);
            to.flush();
        }
        behind.close();
    }

    private static void copy(InputStream from, OutputStream to, Socket client, Socket behind) throws IOException {
        try (client;
                behind) {
            var unused = from.transferTo(to);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // One of both sides has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
