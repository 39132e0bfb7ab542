package io.k8sincident.activities.approval;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plan, and a policy that some may break. */
abstract class GlassToBreak {
    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    BrokenGlass glass;

    @BeforeEach
    void open() throws IOException {
        glass = BrokenGlass.in(folder);
    }

    @AfterEach
    void close() {
        glass.close();
    }
}
