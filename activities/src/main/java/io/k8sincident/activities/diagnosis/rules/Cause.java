package io.k8sincident.activities.diagnosis.rules;

/**
 * What the documentation and {@code triage --explain} say of a cause that a rule can name.
 *
 * @param id as in a diagnosis, such as {@code missing-configmap}
 * @param meaning one sentence that an operator understands without knowing the rule
 * @param proof which statuses, events and exit codes prove it, with the Kubernetes releases that a message was read from
 * @param ruledOutBy what speaks for a neighbour instead, so that the rule stays silent
 */
public record Cause(String id, Family family, String meaning, String proof, String ruledOutBy) {
    /** The part of a workload's life that a cause belongs to. */
    public enum Family {
        CRASH,
        COMMAND,
        CONFIG,
        IMAGE,
        RESOURCES,
        PROBE,
        INIT,
        SCHEDULING,
        STORAGE,
        NODE,
        ADMISSION,
        ROLLOUT,
        JOB,
        NETWORK,
        AUTOSCALING,
        DISRUPTION,
        SECURITY
    }

    public Cause {
        if (id.isBlank() || meaning.isBlank() || proof.isBlank() || ruledOutBy.isBlank()) {
            throw new IllegalArgumentException("cause '" + id + "' is not described in full");
        }
    }
}
