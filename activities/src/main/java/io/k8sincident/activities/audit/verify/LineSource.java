package io.k8sincident.activities.audit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines that lie somewhere. */
public interface LineSource {
    /** How messages call it. */
    String name();

    /** The lines from the first; the caller closes it. */
    InputStream open() throws IOException;

    /** The lines of a file. */
    static LineSource of(Path file) {
        return new LineSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
