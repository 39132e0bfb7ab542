package io.k8sincident.cli.command;

import io.k8sincident.cli.output.OutputFormat;

/** The option {@code -o} of triage: also for CI systems and for people who get a file. */
enum TriageFormat {
    TEXT(OutputFormat.TEXT),
    WIDE(OutputFormat.WIDE),
    JSON(OutputFormat.JSON),
    YAML(OutputFormat.YAML),
    NAME(OutputFormat.NAME),
    JUNIT(OutputFormat.TEXT),
    HTML(OutputFormat.TEXT);

    private final OutputFormat usual;

    TriageFormat(OutputFormat usual) {
        this.usual = usual;
    }

    /** Whether there is a place for what a model says. */
    boolean advised() {
        return this == TEXT || this == WIDE || this == JSON || this == YAML;
    }

    /** The format that other commands have, too. */
    OutputFormat usual() {
        return usual;
    }
}
