package io.k8sincident.cli.view;

import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.diagnosis.HealthScore;
import io.k8sincident.activities.diagnosis.Progressing;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;

/** A source and what was found in it. */
public record Triaged(Snapshot snapshot, List<Diagnosis> diagnoses) {
    public Triaged {
        diagnoses = List.copyOf(diagnoses);
    }

    public static Triaged of(Snapshot snapshot, Diagnostician diagnostician) {
        return new Triaged(snapshot, diagnostician.diagnose(snapshot));
    }

    /** What is neither well nor an incident, so far. */
    public List<Progressing> progressing() {
        return Progressing.in(snapshot, diagnoses);
    }

    public HealthScore score() {
        return HealthScore.of(snapshot, diagnoses);
    }

    /** In a sentence: {@code 12 of 14 workloads are healthy (85 %), 2 incidents, 1 without a known cause}. */
    public static String inWords(HealthScore score) {
        return score.healthy() + " of " + score.workloads() + " workloads are healthy (" + score.healthyPercent()
                + " %), "
                + score.incidents() + (score.incidents() == 1 ? " incident" : " incidents")
                + (score.abstained() == 0 ? "" : ", " + score.abstained() + " without a known cause");
    }
}
