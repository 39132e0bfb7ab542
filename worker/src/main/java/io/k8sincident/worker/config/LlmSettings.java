package io.k8sincident.worker.config;

import io.k8sincident.activities.advice.AdviceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The model that is asked where an incident wishes it, as {@code --incident.llm.<name>=…} or {@code INCIDENT_LLM_<NAME>=…}.
 *
 * @param url of an Ollama server; absent for the one on this machine
 * @param model as {@code ollama list} shows it; absent for the default one
 * @param deadline of one answer
 * @param context the model's window in tokens, prompt and answer together
 * @param answer the most tokens that it may write
 */
public record LlmSettings(
        @Nullable String url,
        @Nullable String model,
        @DefaultValue("90s") Duration deadline,
        @DefaultValue("" + AdviceSettings.DEFAULT_CONTEXT) int context,
        @DefaultValue("" + AdviceSettings.DEFAULT_ANSWER) int answer) {
    private static final String NAME = "incident.llm";

    /** Those that are used where nothing is configured. */
    public static LlmSettings defaults() {
        return new LlmSettings(
                null,
                null,
                AdviceSettings.DEFAULT_DEADLINE,
                AdviceSettings.DEFAULT_CONTEXT,
                AdviceSettings.DEFAULT_ANSWER);
    }

    /**
     * As the adviser needs them.
     *
     * @param allowedHosts from the policy
     * @throws IllegalArgumentException if they cannot be used, with the remedy
     */
    public AdviceSettings asking(Set<String> allowedHosts) {
        return new AdviceSettings(
                url == null || url.isBlank() ? AdviceSettings.DEFAULT_URL : URI.create(url.strip()),
                model == null || model.isBlank() ? AdviceSettings.DEFAULT_MODEL : model.strip(),
                deadline,
                context,
                answer,
                AdviceSettings.DEFAULT_AT_ONCE,
                allowedHosts);
    }

    /**
     * The same at the start of the worker.
     *
     * @throws ConfigurationException if they cannot be used
     */
    public AdviceSettings atStart(Set<String> allowedHosts) {
        try {
            return asking(allowedHosts);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    NAME,
                    "cannot be used: " + e.getMessage(),
                    "correct INCIDENT_LLM_URL, INCIDENT_LLM_MODEL, INCIDENT_LLM_DEADLINE, INCIDENT_LLM_CONTEXT or"
                            + " INCIDENT_LLM_ANSWER, or leave them out");
        }
    }
}
