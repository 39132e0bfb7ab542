package io.k8sincident.cli.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;

/**
 * The Ollama server that the environment names.
 *
 * @param url {@code INCIDENT_REAL_OLLAMA}
 * @param model that it has ({@code INCIDENT_REAL_OLLAMA_MODEL})
 */
record RealOllama(String url, String model) {
    /** What the environment names; the test is skipped, with the reason, if it does not. */
    static RealOllama required() {
        return new RealOllama(variable("INCIDENT_REAL_OLLAMA"), variable("INCIDENT_REAL_OLLAMA_MODEL"));
    }

    private static String variable(String name) {
        @Nullable String value = System.getenv(name);
        assumeTrue(value != null && !value.isEmpty(), name + " is not set: no real model to ask (see .ci/run)");
        return String.valueOf(value);
    }
}
