package io.k8sincident.worker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears, complete, when a process is ready, and goes when it stops. Its content is the ready line. */
public final class ReadyFile implements AutoCloseable {
    private final Path path;

    public ReadyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Removes what an earlier process left. */
    public void clear() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the line: a reader sees all of it or no file. */
    public void announce(String line) {
        try {
            Path draft =
                    Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp");
            Files.writeString(draft, line + "\n");
            Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clear();
    }
}
