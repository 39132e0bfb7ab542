package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes the decision that is sent: bound to one plan, one run, one cluster, and to the next ten minutes. */
final class DecisionDraft {
    private static final Duration VALID = Duration.ofMinutes(10);

    private final Surroundings surroundings;
    private final DecisionOptions options;

    DecisionDraft(Surroundings surroundings, DecisionOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    Decision of(IncidentStatus status, String digest, Verdict verdict) {
        Instant expires = surroundings.clock().instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS);
        return new Decision(
                1,
                UUID.randomUUID().toString(),
                status.request().cluster(),
                status.workflowId(),
                status.runId(),
                digest,
                verdict,
                options.approver == null ? surroundings.user() : options.approver,
                options.reason,
                expires,
                null);
    }
}
