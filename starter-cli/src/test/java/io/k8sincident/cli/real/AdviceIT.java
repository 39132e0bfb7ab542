package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A real model beside real incidents: it is heard, and nothing else depends on it. */
class AdviceIT extends RealIncidentTestBase {
    private final RealOllama ollama = RealOllama.required();

    @Test
    void standsBesideAnIncidentThatIsResolvedAsWithoutIt() throws Exception {
        ask(ollama.model());
        try (CrashingDeployment crashy = crashing("crashy-llm")) {
            String id = start(crashy, "--llm");
            String digest = digest(id);

            Product.Answer approval =
                    product.incident("approve", id, "--digest", digest, "--as", "dana", "--reason", "bad release");
            Product.Answer end = product.incident("watch", id);

            assertThat(approval.exitCode()).as(approval.err()).isZero();
            assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
            IncidentStatus status = status(id);
            assertThat(status.outcome()).isEqualTo(Outcome.RESOLVED);
            assertThat(crashy.writes()).hasSize(1).isEqualTo(appliedByTrail(id));
            Advice advice = Objects.requireNonNull(status.advice());
            assertThat(advice.model()).isEqualTo(ollama.model());
            assertAsked(advice);
            assertThat(Files.readString(runs.resolve("audit.jsonl")))
                    .contains("\"advice\"", Objects.requireNonNull(advice.promptDigest()));
            assertThat(product.incident("show", id).out())
                    .contains("The model's view (decides nothing", "model " + ollama.model());
        }
    }

    @Test
    void saysWhatToTypeWhereTheModelIsMissing() throws Exception {
        ask("no-such-model:1b");
        try (CrashingDeployment crashy = crashing("crashy-llm-missing")) {
            Product.Answer answer = product.incident(
                    "start", crashy.target().typed(), "-n", CrashingDeployment.NAMESPACE, "--llm", "--wait");

            assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(3);
            assertThat(answer.out()).contains("PROPOSED", "no advice: ", "ollama pull no-such-model:1b");
        }
    }

    @Test
    void endsWithTheIncidentThatIsCancelled() throws Exception {
        ask(ollama.model());
        try (CrashingDeployment crashy = crashing("crashy-llm-cancel")) {
            String id = start(crashy, "--llm");

            product.incident("cancel", id);
            product.incident("watch", id);

            assertThat(status(id).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(status(id).advice()).isNotNull();
        }
    }

    /** A tiny model on a busy machine may not come to an end; it must have been asked all the same. */
    private static void assertAsked(Advice advice) {
        assertThat(advice.promptDigest()).as(advice.reason()).isNotNull();
        if (advice.status() == Advice.Status.UNAVAILABLE) {
            assertThat(advice.reason()).containsAnyOf("was cut at", "did not finish", "does not follow the schema");
        } else {
            assertThat(advice.promptTokens()).isPositive();
        }
    }

    /** With a worker that asks this model; a slow machine gets the time that it needs. */
    private void ask(String model) throws IOException {
        product.with("INCIDENT_LLM_URL", ollama.url())
                .with("INCIDENT_LLM_MODEL", model)
                .with("INCIDENT_LLM_DEADLINE", "200s")
                .with("INCIDENT_LLM_CONTEXT", "4096")
                .with("INCIDENT_LLM_ANSWER", "512");
        worker.destroyForcibly();
        worker = product.startWorker("advising-worker");
    }
}
