package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.advice.ModelProbe.Readiness;
import io.k8sincident.activities.advice.OllamaAdvisor;
import io.k8sincident.activities.advice.OllamaProbe;
import io.k8sincident.activities.blob.FileBlobStore;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how a model's advice on the recordings compares with their labels; no test of the usual run. See docs/models.md:
 * {@code mvn -q test -Padvise -pl activities -am -Dadvise.model=NAME -Dadvise.limit=N}.
 */
class AdviceTable {
    @TempDir
    Path blobs;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    @SuppressWarnings("SystemOut")
    void print() {
        String model = System.getProperty("advise.model", AdviceSettings.DEFAULT_MODEL);
        AdviceSettings settings = AdviceSettings.of(
                        URI.create(System.getProperty("advise.url", AdviceSettings.DEFAULT_URL.toString())), model)
                .within(Duration.ofSeconds(Integer.getInteger("advise.deadline", 90)))
                .tokens(
                        Integer.getInteger("advise.context", AdviceSettings.DEFAULT_CONTEXT),
                        Integer.getInteger("advise.answer", AdviceSettings.DEFAULT_ANSWER));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (OllamaProbe probe = new OllamaProbe(settings)) {
            Readiness readiness = probe.probe();
            assertThat(readiness.ready())
                    .as(readiness.message() + "; type: " + String.join("; ", readiness.commands()))
                    .isTrue();
        }
        try (OllamaAdvisor advisor = new OllamaAdvisor(settings, new FileBlobStore(blobs), Clock.systemUTC())) {
            List<AdviceScore.Case> cases = AdviceScore.ask(advisor, Integer.getInteger("advise.limit", 10), out);
            AdviceScore.head().forEach(out::println);
            out.println(AdviceScore.row(model, cases));
        }
    }
}
