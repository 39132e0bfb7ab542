package io.k8sincident.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person says with a decision. */
final class DecisionOptions {
    @Option(
            names = "--digest",
            description = "The plan that you mean: at least 12 characters of its digest. Asked for on a terminal.")
    @Nullable
    String digest;

    @Option(names = "--reason", description = "Why, for the record.")
    @Nullable
    String reason;

    @Mixin
    final PersonOptions person = new PersonOptions();

    @Option(
            names = "--print",
            description =
                    "Send nothing: print what is signed, the JSON, and how to send it with the temporal CLI or the Web"
                            + " UI.")
    boolean print;

    @Option(names = "--wait", description = "Follow the incident to its end; the exit code is that of its outcome.")
    boolean wait;
}
