package io.k8sincident.cli.doctor;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.advice.ModelProbe.Readiness;
import io.k8sincident.activities.advice.OllamaProbe;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.cli.advice.ModelSettings;
import io.k8sincident.cli.host.Surroundings;
import java.time.Duration;
import java.util.List;

/** Whether the model that {@code --llm} asks is there. It never breaks anything: without it only the advice is missing. */
public final class ModelDoctor {
    private static final String CHECK = "model (only for --llm)";

    private final Surroundings surroundings;

    public ModelDoctor(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Looks, without asking it anything.
     *
     * @param deadline of one answer, as configured
     */
    public List<Finding> examine(Duration deadline) {
        AdviceSettings settings;
        try {
            settings = ModelSettings.of(surroundings, null, null, deadline);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.warning(CHECK, String.valueOf(e.getMessage()), "correct INCIDENT_LLM_…"));
        } catch (PolicyException e) {
            // The policy has a finding of its own.
            return List.of();
        }
        Readiness readiness;
        try (OllamaProbe probe = new OllamaProbe(settings)) {
            readiness = probe.probe();
        }
        String next = String.join("; ", readiness.commands());
        if (readiness.ready()) {
            return List.of(Finding.good(CHECK, readiness.message()));
        }
        return List.of(
                configured()
                        ? Finding.warning(CHECK, readiness.message(), next)
                        : Finding.good(CHECK, "none configured, none needed: " + readiness.message()));
    }

    private boolean configured() {
        return !surroundings.variable(ModelSettings.MODEL).isBlank()
                || !surroundings.variable(ModelSettings.URL).isBlank();
    }
}
