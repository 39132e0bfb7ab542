package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.local.WorkerProgram;
import io.k8sincident.cli.output.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A trail in PostgreSQL. The driver belongs to the worker and is loaded in a process of its own, which is told the address
 * in its environment, where other users do not see a password.
 */
public final class PostgresPlace implements TrailPlace {
    private static final String MAIN_CLASS = "io.k8sincident.worker.postgres.PostgresMain";

    private final String url;
    private final KeyFile keys;

    public PostgresPlace(String url, KeyFile keys) {
        this.url = url;
        this.keys = keys;
    }

    @Override
    public List<LineSource> lines() {
        return List.of(source("lines"));
    }

    @Override
    public List<LineSource> checkpoints() {
        return List.of(source("checkpoints"));
    }

    @Override
    public KeyFile keys() {
        return keys;
    }

    @Override
    public void seal() throws IOException {
        var unused = told("seal", keys.path().toString());
    }

    @Override
    public String rotate() throws IOException {
        return told("rotate", keys.path().toString());
    }

    @Override
    public String replaceLost() throws IOException {
        return told("replace", keys.path().toString());
    }

    /** Makes the tables, or brings them up to date; needs a role that owns the schema. */
    public String migrate(String writer) throws IOException {
        return told("migrate", writer);
    }

    private String told(String... arguments) throws IOException {
        try (InputStream answer = new ProcessOutput(start(arguments))) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private LineSource source(String what) {
        return new LineSource() {
            @Override
            public String name() {
                return "postgresql " + what;
            }

            @Override
            public InputStream open() throws IOException {
                return new ProcessOutput(start(what));
            }
        };
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                Program.ofProcess().command(WorkerProgram.MODULE, MAIN_CLASS, List.of("-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("INCIDENT_AUDIT", url);
        return builder.start();
    }

    /** What a process writes; the end of it is an error if the process failed, in the process' own words. */
    private static final class ProcessOutput extends FilterInputStream {
        private final Process process;

        private ProcessOutput(Process process) {
            super(process.getInputStream());
            this.process = process;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            checkEnd(read);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            checkEnd(read);
            return read;
        }

        private void checkEnd(int read) throws IOException {
            if (read >= 0) {
                return;
            }
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            try {
                if (process.waitFor() != 0) {
                    throw Problem.error(
                            said.isEmpty() ? "the PostgreSQL store cannot be read" : said,
                            "check the address, --postgres postgresql://USER:PASSWORD@HOST/DATABASE");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
            process.destroy();
        }
    }
}
