package io.k8sincident.activities.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Contribution;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code triage -o json} writes; its schema is {@code docs/triage-report.schema.json}. Keys are added in later
 * versions, never renamed or dropped.
 *
 * @param takenAt when the newest of the snapshots was taken
 * @param incidents one for each incident, none for what is healthy
 * @param healthy the sources without an incident
 * @param progressing what is neither well nor an incident, so far
 * @param score of all sources together
 */
@JsonPropertyOrder({"apiVersion", "kind", "takenAt", "incidents", "healthy", "progressing", "score"})
public record TriageReport(
        String apiVersion,
        String kind,
        Instant takenAt,
        List<Entry> incidents,
        List<String> healthy,
        List<Progressing> progressing,
        HealthScore score) {
    public static final String API_VERSION = "k8sincident.io/v1";
    public static final String KIND = "TriageReport";

    public TriageReport {
        incidents = List.copyOf(incidents);
        healthy = List.copyOf(healthy);
        progressing = List.copyOf(progressing);
    }

    /** Diagnoses every snapshot; incidents are in the order of the snapshots. */
    public static TriageReport of(List<Snapshot> snapshots, Diagnostician diagnostician) {
        return of(snapshots, diagnostician, (snapshot, diagnosis) -> null);
    }

    /** The same with what somebody else says to each incident. */
    public static TriageReport of(List<Snapshot> snapshots, Diagnostician diagnostician, Adviser adviser) {
        List<Entry> incidents = new ArrayList<>();
        List<String> healthy = new ArrayList<>();
        List<Progressing> progressing = new ArrayList<>();
        List<HealthScore> scores = new ArrayList<>();
        Instant takenAt = Instant.EPOCH;
        for (Snapshot snapshot : snapshots) {
            List<Diagnosis> diagnoses = diagnostician.diagnose(snapshot);
            for (Diagnosis diagnosis : diagnoses) {
                incidents.add(Entry.of(diagnosis, adviser.advise(snapshot, diagnosis)));
            }
            progressing.addAll(Progressing.in(snapshot, diagnoses));
            scores.add(HealthScore.of(snapshot, diagnoses));
            if (diagnoses.isEmpty()) {
                healthy.add(snapshot.source());
            }
            takenAt = snapshot.takenAt().isAfter(takenAt) ? snapshot.takenAt() : takenAt;
        }
        return new TriageReport(API_VERSION, KIND, takenAt, incidents, healthy, progressing, HealthScore.sum(scores));
    }

    /**
     * One incident.
     *
     * @param advice what a model says, where one was asked
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            String source,
            @Nullable Subject target,
            String symptom,
            @Nullable Instant since,
            @Nullable String cause,
            @Nullable Fault culprit,
            Confidence confidence,
            boolean abstained,
            List<Missing> missing,
            List<Cited> evidence,
            List<RuledOut> ruledOut,
            List<Contribution> contributing,
            List<String> affected,
            List<String> consequences,
            List<Offer> offers,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Advice advice) {

        static Entry of(Diagnosis diagnosis, @Nullable Advice advice) {
            return new Entry(
                    diagnosis.source(),
                    Subject.of(diagnosis.target()),
                    diagnosis.symptom(),
                    diagnosis.since(),
                    diagnosis.cause(),
                    Fault.of(diagnosis.culprit()),
                    diagnosis.confidence(),
                    diagnosis.abstained(),
                    diagnosis.missing(),
                    diagnosis.evidence().stream().map(Cited::of).toList(),
                    diagnosis.ruledOut(),
                    diagnosis.contributing(),
                    diagnosis.affected(),
                    diagnosis.consequences(),
                    diagnosis.offers(),
                    advice);
        }
    }

    /** Whoever has something to say to an incident beside the rules. */
    @FunctionalInterface
    public interface Adviser {
        @Nullable
        Advice advise(Snapshot snapshot, Diagnosis diagnosis);
    }

    /** The object to act on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Subject(
            String apiVersion, String kind, @Nullable String namespace, String name) {
        static @Nullable Subject of(@Nullable Target target) {
            return target == null
                    ? null
                    : new Subject(target.apiVersion(), target.kind(), target.namespace(), target.name());
        }
    }

    /** The object and field at fault; what is not that precise is null. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Fault(
            String kind,
            String name,
            @Nullable String container,
            @Nullable String field,
            @Nullable String value) {
        static @Nullable Fault of(@Nullable Culprit culprit) {
            return culprit == null
                    ? null
                    : new Fault(culprit.kind(), culprit.name(), culprit.container(), culprit.field(), culprit.value());
        }
    }

    /** An observation as a reader of the report needs it. */
    public record Cited(String id, String where, String summary) {
        static Cited of(Observation observation) {
            return new Cited(observation.id(), observation.where(), observation.summary());
        }
    }
}
