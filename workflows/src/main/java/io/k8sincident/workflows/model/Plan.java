package io.k8sincident.workflows.model;

import java.time.Instant;
import java.util.List;

/**
 * What is proposed. Everything in it is under its digest: SHA-256 over its RFC 8785 canonical JSON.
 *
 * @param incident the workflow id
 * @param target with the uid that is bound
 * @param generation of the target when it was read
 * @param runbook that proposed it, or {@code human-value}
 * @param evidenceDigest of the snapshot
 * @param policyDigest of the policy that allowed it
 * @param policyLine the line of the policy that allows it
 */
public record Plan(
        int version,
        String incident,
        String cluster,
        Target target,
        long generation,
        String runbook,
        String cause,
        List<PlannedAction> actions,
        Risk risk,
        BlastRadius blastRadius,
        VerificationPlan verification,
        String evidenceDigest,
        String policyDigest,
        String policyLine,
        Person requester,
        Instant createdAt,
        Instant expiresAt) {
    public Plan {
        actions = List.copyOf(actions);
    }
}
