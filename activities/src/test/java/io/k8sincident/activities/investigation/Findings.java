package io.k8sincident.activities.investigation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tests of the evidence activity ask for, read and find: about {@code deployment/crashy}. */
final class Findings {
    static final Target CRASHY = Target.deployment("demo", "crashy");
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Findings() {}

    static IncidentRequest request() {
        return new IncidentRequest(
                "test",
                CRASHY,
                Mode.PROPOSE,
                Person.unverified("operator"),
                List.of(),
                IncidentRequest.DEFAULT_APPROVAL,
                IncidentRequest.DEFAULT_WINDOW);
    }

    static Snapshot snapshot(Gap... gaps) throws JsonProcessingException {
        Resource deployment = Resource.of(new ObjectMapper()
                .readTree("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"namespace\":\"demo\","
                        + "\"name\":\"crashy\",\"uid\":\"d-1\"}}"));
        return new Snapshot("test/demo", NOW, List.of(deployment), List.of(), List.of(gaps));
    }

    static Diagnosis diagnosis(@Nullable Target target, int size) {
        List<Observation> evidence = IntStream.range(0, size + 5)
                .mapToObj(i -> new Observation("E" + i, "Pod/crashy status", "s".repeat(300), Digest.of("x" + i)))
                .toList();
        return new Diagnosis(
                "test/demo",
                target,
                "CrashLoopBackOff",
                NOW,
                "app-exit",
                null,
                Confidence.PROVEN,
                false,
                IntStream.range(0, size)
                        .mapToObj(i -> new Claim("c".repeat(400), List.of("E" + i)))
                        .toList(),
                List.of(),
                evidence,
                IntStream.range(0, size)
                        .mapToObj(i -> new RuledOut("oom-limit", "b".repeat(400), List.of("E" + i)))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
