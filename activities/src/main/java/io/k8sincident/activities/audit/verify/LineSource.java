package io.k8sincident.activities.audit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Lines that lie somewhere. */
public interface LineSource {
    /** How messages call it. */
    String name();

    /** The lines from the first; the caller closes it. */
    InputStream open() throws IOException;

    /** What is wrong with how the lines are kept, beside the lines themselves, as far as they were read. */
    default Optional<Flaw> flaw() {
        return Optional.empty();
    }

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
