package io.k8sincident.cli.advice;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.cli.host.Surroundings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which model is asked: by option, else by {@code INCIDENT_LLM_…} as the worker reads it, else the default one. */
public final class ModelSettings {
    /** The variables. */
    public static final String URL = "INCIDENT_LLM_URL";

    public static final String MODEL = "INCIDENT_LLM_MODEL";
    private static final String CONTEXT = "INCIDENT_LLM_CONTEXT";
    private static final String ANSWER = "INCIDENT_LLM_ANSWER";
    private static final String POLICY = "INCIDENT_POLICY";

    private ModelSettings() {}

    /**
     * The settings.
     *
     * @param model absent for that of the environment
     * @param url the same of the server; one beyond this machine must be allowed by the policy
     * @throws IllegalArgumentException if they cannot be used, with the remedy
     * @throws io.k8sincident.activities.policy.PolicyException if the policy cannot be read
     */
    public static AdviceSettings of(
            Surroundings surroundings, @Nullable String model, @Nullable String url, Duration deadline) {
        return new AdviceSettings(
                URI.create(first(url, surroundings.variable(URL), AdviceSettings.DEFAULT_URL.toString())),
                first(model, surroundings.variable(MODEL), AdviceSettings.DEFAULT_MODEL),
                deadline,
                number(surroundings, CONTEXT, AdviceSettings.DEFAULT_CONTEXT),
                number(surroundings, ANSWER, AdviceSettings.DEFAULT_ANSWER),
                1,
                policy(surroundings).adviceHosts().keySet());
    }

    private static Policy policy(Surroundings surroundings) {
        String file = surroundings.variable(POLICY);
        return file.isEmpty()
                ? PolicyFile.shipped()
                : new PolicyFile(surroundings.directory().resolve(file)).get();
    }

    private static String first(@Nullable String option, String variable, String otherwise) {
        if (option != null) {
            return option;
        }
        return variable.isBlank() ? otherwise : variable.strip();
    }

    private static int number(Surroundings surroundings, String variable, int otherwise) {
        String value = surroundings.variable(variable).strip();
        try {
            return value.isEmpty() ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + " is '" + value + "'; it must be a number of tokens", e);
        }
    }
}
