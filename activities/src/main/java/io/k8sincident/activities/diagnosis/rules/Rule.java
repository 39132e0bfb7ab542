package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/**
 * Recognises one cause, or one of a tight family that reads the same evidence, in one workload that is in trouble. A rule
 * claims only what a status, an event, or an exit code together with a log proves; where a neighbour could be meant as
 * well it stays silent. Pure and thread-safe.
 */
public interface Rule {
    /** What is wrong, if it is what this rule looks for. */
    Optional<Finding> examine(WorkloadView workload);

    /** Every cause that {@link #examine} may name, for the documentation. */
    default List<Cause> causes() {
        return List.of();
    }
}
