package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** One workload in trouble and what was found about it, the best explanation first. Two incidents are never equal. */
final class Incident {
    private final WorkloadView workload;
    private final List<Finding> findings;

    Incident(WorkloadView workload, List<Finding> findings) {
        this.workload = workload;
        this.findings = List.copyOf(findings);
    }

    WorkloadView workload() {
        return workload;
    }

    List<Finding> findings() {
        return findings;
    }

    /** The best explanation; empty if there is none. */
    Optional<Finding> cause() {
        return findings.stream().findFirst();
    }
}
