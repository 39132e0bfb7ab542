package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the decision that is sent: bound to one plan, one run, one cluster, and in general to the next ten minutes. */
final class DecisionDraft {
    private static final Duration VALID = Duration.ofMinutes(10);

    private final Surroundings surroundings;
    private final DecisionOptions options;

    DecisionDraft(Surroundings surroundings, DecisionOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** A normal one. */
    Decision of(IncidentStatus status, String digest, Verdict verdict) {
        return of(status, digest, verdict, new Signer(surroundings, options.person.key), null);
    }

    /** @param breakGlass why the glass is to be broken; null for a normal decision */
    Decision of(IncidentStatus status, String digest, Verdict verdict, Signer signer, @Nullable String breakGlass) {
        return new Decision(
                1,
                UUID.randomUUID().toString(),
                status.request().cluster(),
                status.workflowId(),
                status.runId(),
                digest,
                verdict,
                Signer.name(surroundings, options.person.name, signer.purpose()),
                ForTheRecord.checked("--reason", options.reason),
                expires(status),
                null,
                ForTheRecord.checked("--break-glass", breakGlass));
    }

    /** Where others must approve as well, it has to be valid until they have: as long as the plan waits. */
    private Instant expires(IncidentStatus status) {
        Proposal proposal = status.proposal();
        DecisionTerms terms = proposal == null ? null : proposal.terms();
        Instant deadline = status.deadline();
        return terms != null && terms.approvers() > 1 && deadline != null
                ? deadline
                : surroundings.clock().instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS);
    }
}
