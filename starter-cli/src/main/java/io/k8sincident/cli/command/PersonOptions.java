package io.k8sincident.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who somebody is, and with which key they sign. */
final class PersonOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Sign with this SSH key; if absent where a signature is needed: the key of incident init, else"
                            + " git's user.signingkey.")
    @Nullable
    String key;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who you are; the name of incident init, else your user name.")
    @Nullable
    String name;
}
