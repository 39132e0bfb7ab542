package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.ProofVerifier.Claimed;
import io.k8sincident.activities.approval.ProofVerifier.Identity;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.RequestProof;
import io.k8sincident.workflows.model.Revision;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.SignalText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says who really asked for a plan. Nobody is refused for it: without a proof that holds, the requester is what somebody
 * typed, and counts as nobody where proofs are required. Whatever the request itself says of being verified counts for
 * nothing. Thread-safe.
 */
public final class Requesters {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(30);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final ProofVerifier proofs;
    private final DecisionLedger ledger;

    /** @param ledger where the proof of each request counts once: it must not open another incident */
    public Requesters(ProofVerifier proofs, DecisionLedger ledger) {
        this.proofs = proofs;
        this.ledger = ledger;
    }

    /**
     * Who asked.
     *
     * @param doubt why a proof that was given does not hold; empty if it does, or if none was given
     */
    public record Requester(Person person, String doubt) {}

    /** Where and when a plan is asked for. */
    public record Asked(String incident, @Nullable String runId, IncidentRequest request, Policy policy, Instant at) {}

    /** Who the request says has asked, before anything of it is checked: unverified, whatever it says itself. */
    public static Person claimed(IncidentRequest request) {
        return unverified(request.requester().name(), "").person();
    }

    /** Who started the incident. */
    public Requester of(Asked asked) {
        IncidentRequest request = asked.request();
        RequestProof proof = request.proof();
        if (proof == null) {
            return unverified(request.requester().name(), "");
        }
        Instant signedAt = proof.signedAt();
        if (signedAt.isAfter(asked.at().plus(CLOCKS_DIFFER))
                || signedAt.isBefore(asked.at().minus(LONGEST_DELAY))) {
            return unverified(
                    request.requester().name(),
                    "the request was signed at " + signedAt + ", which is not within " + LONGEST_DELAY.toMinutes()
                            + " minutes before its plan");
        }
        Claimed claimed = new Claimed(
                request.requester().name(), Statement.fields(request, proof), proof.signature(), asked.at());
        return once(claimed, asked, "request:" + proof.requestId(), "");
    }

    /** Who asked for other values. */
    public Requester of(Asked asked, SignalText signal, Revision revision) {
        if (revision.requester() == null) {
            // Nobody else is said to have asked; and nobody proved to have asked for these values.
            return unverified(asked.request().requester().name(), "");
        }
        if (revision.proof() == null) {
            return unverified(revision.requester(), "");
        }
        Instant expires = revision.expiresAt();
        boolean bound = revision.revisionId() != null
                && Objects.equals(revision.cluster(), asked.request().cluster())
                && Objects.equals(revision.workflowId(), asked.incident())
                && Objects.equals(revision.runId(), asked.runId());
        if (!bound || expires == null || !asked.at().isBefore(expires)) {
            return unverified(
                    revision.requester(),
                    "a signed revision must name its revisionId, this cluster, workflowId and runId, and not be"
                            + " expired");
        }
        Claimed claimed =
                new Claimed(revision.requester(), RevisionReader.fields(signal), revision.proof(), asked.at());
        return once(claimed, asked, "revision:" + revision.revisionId(), "\n" + signal.digest());
    }

    private Requester once(Claimed claimed, Asked asked, String id, String signal) {
        Identity identity = proofs.identify(claimed, asked.policy());
        if (identity.reason() != Reason.ACCEPTED || !identity.person().verified()) {
            return unverified(String.valueOf(claimed.name()), identity.message());
        }
        if (asked.runId() == null) {
            return unverified(String.valueOf(claimed.name()), "it is not known for which run it was asked");
        }
        boolean taken = ledger.take(List.of(id), asked.incident() + "\n" + asked.runId() + signal)
                .isPresent();
        return taken
                ? unverified(identity.person().name(), "the same proof was used before")
                : new Requester(identity.person(), "");
    }

    private static Requester unverified(String name, String doubt) {
        return new Requester(
                Person.unverified(name.isBlank() ? SignerName.ANONYMOUS : PlainText.shown(name, 253)), doubt);
    }
}
