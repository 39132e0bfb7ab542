package io.k8sincident.activities.approval;

import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling.Reason;

/**
 * Knows no signatures: where the policy accepts decisions without proof, the name is what somebody typed, and every
 * record says so; where it demands proof, nothing is accepted.
 */
public final class UnsignedDecisions implements ProofVerifier {
    private static final int LONGEST_NAME = 100;

    @Override
    public Identity identify(Decision decision, Policy policy) {
        Person person = person(decision);
        if (!policy.requireProof().value()) {
            return new Identity(person, Reason.ACCEPTED, "");
        }
        String demand = policy.requireProof().place() + " demands a signature, ";
        return decision.proof() == null
                ? new Identity(person, Reason.PROOF_MISSING, demand + "and the decision has none")
                : new Identity(
                        person, Reason.PROOF_INVALID, demand + "and this version of the program cannot check any");
    }

    private static Person person(Decision decision) {
        String name = decision.approver();
        return Person.unverified(name == null || name.isBlank() ? "anonymous" : PlainText.shown(name, LONGEST_NAME));
    }
}
