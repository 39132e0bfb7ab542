package io.k8sincident.worker;

import io.k8sincident.activities.advice.Advisor;
import io.k8sincident.activities.advice.Progress;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.worker.config.LlmSettings;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Duration;
import java.util.function.Supplier;

/** Sends evidence to a model's host only while the policy, which may change while the worker runs, allows that host. */
final class AllowedAdvisor implements Advisor {
    private final Advisor advisor;
    private final LlmSettings settings;
    private final Supplier<Policy> policies;
    private final String model;

    AllowedAdvisor(Advisor advisor, LlmSettings settings, String model, Supplier<Policy> policies) {
        this.advisor = advisor;
        this.settings = settings;
        this.model = model;
        this.policies = policies;
    }

    @Override
    public Advice advise(Snapshot snapshot, Diagnosis diagnosis, Progress.Listener progress) {
        try {
            var unused = settings.asking(policies.get().adviceHosts().keySet());
        } catch (IllegalArgumentException | PolicyException e) {
            return Advice.unavailable(model, Duration.ZERO, String.valueOf(e.getMessage()));
        }
        return advisor.advise(snapshot, diagnosis, progress);
    }
}
