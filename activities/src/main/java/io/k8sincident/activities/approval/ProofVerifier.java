package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says who really decided or asked. Thread-safe. */
public interface ProofVerifier {
    /**
     * Checks the proof of what somebody said, as this policy demands it.
     *
     * @throws io.k8sincident.activities.evidence.ClusterException if the cluster does not answer now
     */
    Identity identify(Claimed claimed, Policy policy);

    /** Why a person whose proof for this was accepted earlier counts no more at this time; empty while it does. */
    Optional<String> objection(Person person, Purpose purpose, Policy policy, Instant at);

    /**
     * What somebody said.
     *
     * @param name whose it is said to be
     * @param fields all that was said, as it came
     * @param proof an armored signature over the fields but itself
     * @param at when it is checked
     * @param purpose what the proof must have been made for
     */
    record Claimed(
            @Nullable String name,
            ObjectNode fields,
            @Nullable String proof,
            Instant at,
            Purpose purpose) {
        /** Something said in the normal way. */
        Claimed(@Nullable String name, ObjectNode fields, @Nullable String proof, Instant at) {
            this(name, fields, proof, at, Purpose.DECISION);
        }
    }

    /**
     * Who said it.
     *
     * @param reason ACCEPTED, or why the person cannot be taken for the one named
     * @param message in words, if it is not ACCEPTED
     */
    record Identity(Person person, Reason reason, String message) {}
}
