package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ColorChoice;
import picocli.CommandLine.Option;

/** How any command talks. */
final class TalkOptions {
    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "Colour on a terminal (auto; honours NO_COLOR), always or never.")
    ColorChoice color = ColorChoice.AUTO;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
