package io.k8sincident.cli.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A person with an empty home and the real ssh-keygen; skipped where that is not installed. */
abstract class AtHome {
    @TempDir
    Path home = Path.of("");

    /** What the person types into. */
    abstract CommandRun incident();

    @BeforeEach
    void moveIn() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh-keygen")) || Files.isExecutable(Path.of("/bin/ssh-keygen")),
                "ssh-keygen is not installed: install OpenSSH to run the tests that make keys and sign");
        incident().with("HOME", home.toString()).in(home);
    }

    /** Where incident init puts things. */
    Path config() {
        return home.resolve(".config/k8s-incident-agent");
    }
}
