package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Confidence;
import java.util.Comparator;
import java.util.List;

/**
 * Which of several findings about one workload is the cause. In this order: one that says why before one that says only
 * that; one that is proven before one that is likely; one about the revision that the workload wants before one about a
 * former revision; one that explains more troubles; one that stops the workload at an earlier stage, since what comes later
 * is never reached. The rest is for determinism alone. The order of the rules plays no part.
 */
final class Ranking {
    private Ranking() {}

    static List<Finding> ranked(WorkloadView workload, List<Finding> findings) {
        return findings.stream().sorted(best(workload)).toList();
    }

    private static Comparator<Finding> best(WorkloadView workload) {
        return Comparator.comparing((Finding finding) -> !finding.specific())
                .thenComparing(finding -> finding.confidence() != Confidence.PROVEN)
                .thenComparing(finding -> !aboutCurrentRevision(workload, finding))
                .thenComparing(finding -> -finding.explains().size())
                .thenComparing(Finding::stage)
                .thenComparing(Finding::cause);
    }

    private static boolean aboutCurrentRevision(WorkloadView workload, Finding finding) {
        PodView pod = finding.explains().get(0).pod();
        return pod == null || workload.current(pod);
    }
}
