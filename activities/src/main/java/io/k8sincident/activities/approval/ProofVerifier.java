package io.k8sincident.activities.approval;

import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling.Reason;

/** Says who really made a decision. Thread-safe. */
public interface ProofVerifier {
    /** Checks the proof of a decision as this policy demands it. */
    Identity identify(Decision decision, Policy policy);

    /**
     * Who made a decision.
     *
     * @param reason ACCEPTED, or why the person cannot be taken for the one named
     * @param message in words, if it is not ACCEPTED
     */
    record Identity(Person person, Reason reason, String message) {}
}
