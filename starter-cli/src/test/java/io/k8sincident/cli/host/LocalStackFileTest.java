package io.k8sincident.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackFileTest {
    @TempDir
    Path folder;

    private LocalStackFile file() {
        return new LocalStackFile(new Surroundings(
                Map.of(), folder, new BufferedReader(new StringReader("")), Terminals.none(), Clock.systemUTC()));
    }

    private static LocalStack stack(long pid) {
        return new LocalStack("127.0.0.1:1", "default", null, "kubeconfig", "practice", true, List.of(pid));
    }

    @Test
    void findsAStackWhoseProcessesLive() throws IOException {
        LocalStack stack = stack(ProcessHandle.current().pid());

        file().write(stack);

        assertThat(file().running()).contains(stack);
    }

    @Test
    void ignoresAStackWhoseProcessesAreDead() throws IOException {
        file().write(stack(Long.MAX_VALUE));

        assertThat(file().running()).isEmpty();
    }

    @Test
    void ignoresAFileThatIsNotItsOwn() throws IOException {
        Files.createDirectories(folder.resolve("runs"));
        Files.writeString(folder.resolve("runs/up.json"), "{\"nonsense\": [");

        assertThat(file().running()).isEmpty();
    }

    @Test
    void leavesTheFileOfAnotherStack() throws IOException {
        file().write(stack(ProcessHandle.current().pid()));

        file().remove(stack(1));

        assertThat(file().path()).exists();
    }
}
