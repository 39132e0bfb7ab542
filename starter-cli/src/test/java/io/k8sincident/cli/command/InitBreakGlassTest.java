package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class InitBreakGlassTest extends AtHome {
    private final CommandRun incident = new CommandRun(new NoServers());

    @Override
    CommandRun incident() {
        return incident;
    }

    @Test
    void makesAKeyOfItsOwnBesideTheOneForDecisions() throws IOException {
        incident.run("init", "--as", "ann");

        Result result = incident.run("init", "--break-glass");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("ann namespaces=\"break-glass@k8sincident.io\" ssh-ed25519 AAAA");
        assertThat(result.err()).contains("people: [ann]");
        assertThat(Files.readAllLines(config().resolve("allowed_signers"))).hasSize(2);
        assertThat(config().resolve("break_glass_ed25519")).exists();
        assertThat(config().resolve("break-glass.properties")).exists();
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        incident.run("init", "--break-glass", "--as", "ann");
        String before = Files.readString(config().resolve("allowed_signers"));

        assertThat(incident.run("init", "--break-glass").code()).isZero();
        assertThat(Files.readString(config().resolve("allowed_signers"))).isEqualTo(before);
    }

    @Test
    void takesNoKeyThatDecides() throws IOException {
        incident.run("init", "--as", "ann");
        String before = Files.readString(config().resolve("allowed_signers"));

        Result result = incident.run(
                "init", "--break-glass", "--key", config().resolve("id_ed25519").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is a key for decision@k8sincident.io", "nothing was changed");
        assertThat(Files.readString(config().resolve("allowed_signers"))).isEqualTo(before);
    }

    @Test
    void letsNoBreakGlassKeyDecide() {
        incident.run("init", "--break-glass", "--as", "ann");

        Result result = incident.run(
                "init",
                "--as",
                "ann",
                "--key",
                config().resolve("break_glass_ed25519").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is a key for break-glass@k8sincident.io");
    }
}
