package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitTest extends AtHome {
    private final CommandRun incident = new CommandRun(new NoServers());

    @Override
    CommandRun incident() {
        return incident;
    }

    @Test
    void setsAPersonUpInOneCommand() {
        Result result = incident.run("init", "--as", "bob@example.com");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("bob@example.com namespaces=\"decision@k8sincident.io\" ssh-ed25519 AAAA");
        assertThat(result.err()).contains("made the key", "added your line", "allowedSigners: ", "next");
        assertThat(AllowedSigners.read(config().resolve("allowed_signers")).signers())
                .hasSize(1);
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        incident.run("init", "--as", "bob");
        Map<String, String> before = files();

        Result again = incident.run("init");

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("found your key", "found your line", "You sign as bob");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void takesTheKeyThatIsThere() throws IOException, InterruptedException {
        Path key = home.resolve(".ssh/id_ed25519");
        Files.createDirectories(key.getParent());
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();

        Result result = incident.run("init");

        assertThat(result.err()).contains("found your key " + key);
        assertThat(result.out())
                .contains(Files.readString(Path.of(key + ".pub")).split(" ", -1)[1]);
    }

    @Test
    void addsTheLineToTheFileOfAllWithoutTouchingTheirs() throws IOException {
        Path shared = home.resolve("team/allowed_signers");
        incident.run("init", "--as", "alice", "--allowed-signers", shared.toString());
        String alice = Files.readString(shared).strip();
        Files.delete(config().resolve("signer.properties"));
        Files.writeString(shared, "# the team\n" + alice);

        incident.run("init", "--as", "bob", "--allowed-signers", "team/allowed_signers");

        assertThat(Files.readString(shared)).startsWith("# the team\n" + alice + "\nbob namespaces=");
    }

    @Test
    void overwritesNothingThatSaysOtherwise() throws IOException {
        incident.run("init", "--as", "bob");
        Map<String, String> before = files();

        Result result = incident.run("init", "--as", "carol");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("you are bob", "not carol", "not overwritten", "nothing was changed");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void addsNothingToAFileThatCannotBeUsed() throws IOException {
        Files.createDirectories(config());
        Files.writeString(config().resolve("allowed_signers"), "nonsense\n");

        Result result = incident.run("init", "--as", "bob");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("allowed_signers:1: the line cannot be used", "nothing was changed");
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a b", "alice,bob", "!alice", "\u0430lice", "anonymous", "#a", ""})
    void takesNoNameThatIsAPatternOrLooksLikeAnother(String name) throws IOException {
        Result result = incident.run("init", "--as", name);

        assertThat(result.code()).isEqualTo(2);
        assertThat(files()).isEmpty();
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.readString(file));
            }
        }
        return files;
    }
}
