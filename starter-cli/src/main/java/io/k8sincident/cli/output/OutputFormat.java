package io.k8sincident.cli.output;

/** The option {@code -o}. */
public enum OutputFormat {
    TEXT,
    WIDE,
    JSON,
    YAML,
    NAME;

    /** Whether it is for programs and has a stable schema. */
    public boolean structured() {
        return this == JSON || this == YAML;
    }
}
