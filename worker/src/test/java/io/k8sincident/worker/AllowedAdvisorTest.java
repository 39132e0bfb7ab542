package io.k8sincident.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.advice.Advisor;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.worker.config.LlmSettings;
import io.k8sincident.workflows.model.Advice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The policy decides each time anew whether evidence may be sent to a host. */
class AllowedAdvisorTest {
    private static final LlmSettings REMOTE = new LlmSettings(
            "http://llm.example.com:11434",
            "m:1",
            AdviceSettings.DEFAULT_DEADLINE,
            AdviceSettings.DEFAULT_CONTEXT,
            AdviceSettings.DEFAULT_ANSWER);

    private final AtomicInteger sent = new AtomicInteger();
    private final Advisor model = (snapshot, diagnosis, progress) -> {
        sent.incrementAndGet();
        return Advice.unavailable("m:1", Duration.ZERO, "as the test wished");
    };

    @Test
    void sendsNothingAnyMoreOnceThePolicyTookTheHostAway() {
        AtomicReference<Policy> policy = new AtomicReference<>(
                Policy.parse("mine.yaml", PolicyFile.shippedText() + "\nadvice: {hosts: [llm.example.com]}\n"));
        assertThat(ask(REMOTE, policy::get).reason()).isEqualTo("as the test wished");

        policy.set(PolicyFile.shipped());

        assertThat(ask(REMOTE, policy::get).reason()).contains("llm.example.com", "policy");
        assertThat(sent).hasValue(1);
    }

    @Test
    void sendsNothingWhileThePolicyCannotBeRead() {
        Advice advice = ask(LlmSettings.defaults(), () -> {
            throw new PolicyException("mine.yaml:1: is no YAML");
        });

        assertThat(advice.status()).isEqualTo(Advice.Status.UNAVAILABLE);
        assertThat(advice.reason()).contains("mine.yaml:1");
        assertThat(sent).hasValue(0);
    }

    @Test
    void needsNoPermissionForThisMachine() {
        assertThat(ask(LlmSettings.defaults(), PolicyFile::shipped).reason()).isEqualTo("as the test wished");
    }

    private Advice ask(LlmSettings settings, Supplier<Policy> policies) {
        Snapshot snapshot = new RecordedSource(
                        Path.of("..", "starter-cli", "src", "test", "resources", "recordings", "broken"))
                .take(Scope.everything());
        return new AllowedAdvisor(model, settings, "m:1", policies)
                .advise(snapshot, Diagnosticians.standard().diagnose(snapshot).get(0), progress -> {});
    }
}
