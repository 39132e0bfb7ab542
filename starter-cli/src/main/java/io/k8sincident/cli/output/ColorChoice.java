package io.k8sincident.cli.output;

import java.util.Map;

/** The option {@code --color}. */
public enum ColorChoice {
    AUTO,
    ALWAYS,
    NEVER;

    /** Whether to colour a stream; {@code NO_COLOR} and {@code TERM=dumb} count unless somebody asked for colour. */
    public boolean colours(boolean terminal, Map<String, String> environment) {
        if (this != AUTO) {
            return this == ALWAYS;
        }
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
