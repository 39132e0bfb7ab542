package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.DecisionReader.Read;
import io.k8sincident.activities.approval.ProofVerifier.Claimed;
import io.k8sincident.activities.approval.ProofVerifier.Identity;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.policy.BreakGlassRule;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the signatures under an accepted approval once more, before something is done on it. The trail says that there
 * was one; whoever can append to the trail can say so, but has nobody else's key. Thread-safe.
 */
public final class ApprovalProofs {
    private final AuditTrail trail;
    private final BlobStore blobs;
    private final ProofVerifier proofs;

    /**
     * Checks with these.
     *
     * @param blobs where the signed texts lie, by the digests that the trail has of them
     */
    public ApprovalProofs(AuditTrail trail, BlobStore blobs, ProofVerifier proofs) {
        this.trail = trail;
        this.blobs = blobs;
        this.proofs = proofs;
    }

    /**
     * What is to be done on the approval.
     *
     * @param planDigest of the plan
     * @param now when it is to be done
     */
    public record Deed(Plan plan, String planDigest, Policy policy, Stage stage, Instant now) {}

    /**
     * Why an approval does not count; empty if as many people as the policy asks for have signed exactly it, with keys that
     * are allowed for it, or if no signature is demanded. For putting back what was there before one of them is enough, and a
     * key whose time is over since: the policy may have become stricter. Nothing is done long after what was signed has
     * expired, whatever the trail says of the times.
     *
     * @param acceptance its ruling, as the trail has it
     * @throws io.k8sincident.activities.evidence.ClusterException if the cluster does not say now which one it is
     */
    public Optional<String> objection(ChainedEntry acceptance, Deed deed) {
        if (!deed.policy().requireProof().value()) {
            return Optional.empty();
        }
        Approved approved = new Approved(
                deed, acceptance, GlassRecords.attempted(acceptance) ? Purpose.BREAK_GLASS : Purpose.DECISION);
        List<ChainedEntry> rulings;
        try {
            rulings = counted(approved);
        } catch (DoubtException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        List<Person> people = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        for (ChainedEntry ruled : rulings) {
            try {
                people.add(signer(ruled, approved));
            } catch (DoubtException e) {
                doubts.add("decision " + PlainText.shown(ruled.detail("decisionId"), 128) + ": " + e.getMessage());
            }
        }
        Limit<Integer> needed = approved.needed();
        int signed = people.isEmpty() ? 0 : Quorum.distinct(people).size();
        return signed >= needed.value()
                ? Optional.empty()
                : Optional.of(needed.place() + " asks for the signatures of " + needed.value()
                        + " different people; of those in the audit trail " + signed + " count"
                        + (doubts.isEmpty() ? "" : " (" + String.join("; ", doubts) + ")"));
    }

    /**
     * The accepted one, last, and those that it was counted with.
     *
     * @throws DoubtException if it was counted with another one before
     */
    private List<ChainedEntry> counted(Approved approved) {
        ChainedEntry acceptance = approved.acceptance();
        String id = acceptance.detail("decisionId");
        OpenApprovals others = OpenApprovals.find(
                new OpenApprovals.Of(
                        approved.deed().plan().incident(),
                        acceptance.runId(),
                        approved.deed().planDigest(),
                        id,
                        approved.purpose(),
                        acceptance.sequence()),
                trail);
        if (others.usedUp().contains(id)) {
            throw new DoubtException(
                    "decision " + PlainText.shown(id, 128) + " was counted before, with another one, and counts once");
        }
        List<ChainedEntry> rulings = new ArrayList<>(others.open());
        rulings.add(acceptance);
        return rulings;
    }

    /** @throws DoubtException unless a person who counts has signed what was ruled on */
    private Person signer(ChainedEntry ruled, Approved approved) {
        Read read = kept(ruled);
        Decision decision = read.decision();
        if (!read.named() || !approved.in(decision, ruled)) {
            throw new DoubtException("what was signed does not approve this plan in this run");
        }
        approved.untimely(decision).ifPresent(why -> {
            throw new DoubtException(why);
        });
        Identity identity = proofs.identify(
                new Claimed(
                        decision.approver(), read.fields(), decision.proof(), approved.keysAt(), approved.purpose()),
                approved.deed().policy());
        if (identity.reason() != Reason.ACCEPTED) {
            throw new DoubtException(identity.message());
        }
        approved.objection(identity.person()).ifPresent(why -> {
            throw new DoubtException(why);
        });
        return identity.person();
    }

    private Read kept(ChainedEntry ruled) {
        String digest = ruled.detail("decisionDigest");
        byte[] text = blobs.get(digest).orElseThrow(() -> new DoubtException("no signed text of it is kept"));
        try {
            return DecisionReader.read(
                    new SignalText(new String(text, StandardCharsets.UTF_8), text.length, digest, ruled.time()));
        } catch (MalformedSignalException e) {
            throw new DoubtException("what is kept of it cannot be read: " + e.getMessage());
        }
    }

    /** What must have been signed, and by whom. */
    private record Approved(Deed deed, ChainedEntry acceptance, Purpose purpose) {
        boolean in(Decision decision, ChainedEntry ruled) {
            return decision.verdict() == Verdict.APPROVE
                    && deed.planDigest().equals(decision.planDigest())
                    && deed.plan().cluster().equals(decision.cluster())
                    && deed.plan().incident().equals(decision.workflowId())
                    && acceptance.runId().equals(decision.runId())
                    && ruled.detail("decisionId").equals(decision.decisionId())
                    && (decision.breakGlass() != null) == (purpose == Purpose.BREAK_GLASS);
        }

        /** By what was signed; the times in the trail may be made up. */
        Optional<String> untimely(Decision decision) {
            Instant expires = decision.expiresAt();
            if (expires == null || expires.isAfter(acceptance.time().plus(IncidentRequest.LONGEST_APPROVAL))) {
                return Optional.of("it is not bound to a time within 24 hours");
            }
            boolean ruledTooLate = !acceptance.time().isBefore(expires);
            return ruledTooLate || !deed.now().isBefore(expires.plus(longest()))
                    ? Optional.of("it was valid until " + expires)
                    : Optional.empty();
        }

        /** How long after the last moment of its acceptance something may still be done on it. */
        private Duration longest() {
            return deed.stage() == Stage.RESTORE
                    ? IncidentRequest.LONGEST_WINDOW
                            .multipliedBy(2)
                            .plus(deed.plan().verification().giveUpAfter())
                    : IncidentRequest.LONGEST_WINDOW;
        }

        /** When the keys must be allowed. */
        Instant keysAt() {
            return deed.stage() == Stage.RESTORE ? acceptance.time() : deed.now();
        }

        Optional<String> objection(Person person) {
            if (deed.stage() == Stage.RESTORE) {
                return Optional.empty();
            }
            if (!lifted().contains(Lift.SEPARATE_DUTIES) && Demands.selfApproval(person, deed.policy(), deed.plan())) {
                return Optional.of(person.describe() + " asked for the plan");
            }
            Optional<BreakGlassRule> rule = deed.policy().breakGlass();
            boolean mayNot = purpose == Purpose.BREAK_GLASS
                    && rule.filter(names -> names.names(person.name())).isEmpty();
            return mayNot
                    ? Optional.of(
                            rule.map(BreakGlassRule::place).orElse(deed.policy().file()) + " does not let "
                                    + person.name() + " break the glass any more")
                    : Optional.empty();
        }

        Limit<Integer> needed() {
            return deed.stage() == Stage.RESTORE
                    ? new Limit<>(1, deed.policy().requireProof().place())
                    : Demands.approvers(deed.policy(), deed.plan(), lifted());
        }

        private Set<Lift> lifted() {
            return purpose == Purpose.DECISION
                    ? Set.of()
                    : deed.policy()
                            .breakGlass()
                            .map(rule -> rule.lifts().keySet())
                            .orElse(Set.of());
        }
    }

    private static final class DoubtException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DoubtException(String message) {
            super(message);
        }
    }
}
