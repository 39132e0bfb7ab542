package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.AdviceWish;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether a model is asked, too. */
final class LlmOptions {
    private static final String DEADLINE = "INCIDENT_LLM_DEADLINE";

    @Option(
            names = "--llm",
            description = "Ask a local model (Ollama), too. Its view is checked against the evidence, shown apart, and"
                    + " decides nothing.")
    boolean wished;

    /** How long one answer may take: {@code INCIDENT_LLM_DEADLINE}, which the worker reads, too. */
    static Duration deadline(Surroundings surroundings) {
        String text = surroundings.variable(DEADLINE).strip();
        if (text.isEmpty()) {
            return AdviceWish.DEFAULT_DEADLINE;
        }
        try {
            return new AdviceWish(new DurationConverter().convert(text)).deadline();
        } catch (TypeConversionException | IllegalArgumentException e) {
            throw Problem.usage(DEADLINE + ": " + e.getMessage(), "for example " + DEADLINE + "=90s")
                    .causedBy(e);
        }
    }
}
