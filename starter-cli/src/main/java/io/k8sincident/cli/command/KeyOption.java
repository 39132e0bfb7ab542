package io.k8sincident.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which key a person signs. */
final class KeyOption {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Sign with this SSH key; if absent where a signature is needed: the key of incident init, else"
                            + " git's user.signingkey.")
    @Nullable
    String file;
}
