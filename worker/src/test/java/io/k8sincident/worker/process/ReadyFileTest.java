package io.k8sincident.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
    @TempDir
    private Path directory;

    @Test
    void holdsTheLineAndNothingElseIsLeftBeside() throws Exception {
        ReadyFile file = new ReadyFile(directory.resolve("ready"));

        file.announce("worker ready");

        assertThat(directory.resolve("ready")).hasContent("worker ready");
        assertThat(directory.toFile().list()).containsExactly("ready");
    }

    @Test
    void goesWhenItIsClosed() {
        ReadyFile file = new ReadyFile(directory.resolve("ready"));
        file.announce("worker ready");

        file.close();

        assertThat(directory.resolve("ready")).doesNotExist();
    }

    @Test
    void replacesWhatAnEarlierProcessLeft() throws Exception {
        Files.writeString(directory.resolve("ready"), "old");

        new ReadyFile(directory.resolve("ready")).announce("new");

        assertThat(directory.resolve("ready")).hasContent("new");
    }
}
