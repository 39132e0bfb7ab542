package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** One workload in trouble and what was found about it, the best explanation first. */
record Incident(WorkloadView workload, List<Finding> findings) {
    Incident {
        findings = List.copyOf(findings);
    }

    /** The best explanation; empty if there is none. */
    Optional<Finding> cause() {
        return findings.stream().findFirst();
    }
}
