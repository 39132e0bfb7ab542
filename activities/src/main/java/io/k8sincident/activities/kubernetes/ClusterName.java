package io.k8sincident.activities.kubernetes;

import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import java.util.Optional;

/**
 * What the cluster that this worker reads and writes is called, as its operator configured it. Whoever starts a workflow
 * says for which cluster and object it is, and under which id; only where all of that agrees does a signature over the
 * id mean the object that is written, and is there one open incident for each object.
 */
public record ClusterName(String name) {
    /** Why an incident of this id, cluster and object is none of this worker's; empty if it is one. */
    public Optional<String> objection(String incident, String cluster, Target target) {
        if (!name.equals(cluster)) {
            return Optional.of("it is for cluster '" + cluster + "', and this worker serves cluster '" + name
                    + "', as INCIDENT_CLUSTER names it");
        }
        String expected = IncidentId.of(cluster, target);
        return incident.equals(expected)
                ? Optional.empty()
                : Optional.of("its workflow id is '" + incident + "', but the incident of " + target.path()
                        + " in cluster '" + cluster + "' has the id '" + expected + "'");
    }

    /** Why a plan is none of this worker's; empty if it is one. What was stored under a forged digest may lack anything. */
    public Optional<String> objection(Plan plan) {
        Target target = plan.target();
        return plan.incident() == null || plan.cluster() == null || target == null || target.kind() == null
                ? Optional.of("it lacks its incident, cluster or target")
                : objection(plan.incident(), plan.cluster(), target);
    }
}
