package io.k8sincident.cli.command;

import io.k8sincident.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** The option {@code -o}, as in kubectl. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "json|yaml|wide|name",
            description = "For programs (json, yaml, name) or with more columns (wide).")
    OutputFormat format = OutputFormat.TEXT;
}
