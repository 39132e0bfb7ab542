package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.Conditions.Finding;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rules on decisions and keeps each of them, with its ruling, in the audit trail. Thread-safe. */
public final class RulingActivityImpl implements RulingActivity {
    /** The event of a ruling in the trail: the executor acts on nothing but an accepted one. */
    public static final String RULED = "decision_ruled";

    private static final String RECEIVED = "decision_received";
    private static final int KEPT_OF_MALFORMED = 4_096;

    private final Conditions conditions;
    private final AuditTrail trail;
    private final UnaryOperator<String> redactor;

    /**
     * Rules with these.
     *
     * @param policies asked anew for each decision; may throw {@link io.k8sincident.activities.policy.PolicyException}
     * @param gate asks the policy about the plan as a whole
     * @param redactor takes secrets out of what people wrote, before it is kept
     */
    public RulingActivityImpl(
            BlobStore blobs,
            Supplier<Policy> policies,
            PolicyGate gate,
            ProofVerifier proofs,
            AuditTrail trail,
            UnaryOperator<String> redactor) {
        this.conditions = new Conditions(new Plans(blobs), policies, gate, proofs);
        this.trail = trail;
        this.redactor = redactor;
    }

    @Override
    public Ruling rule(RulingRequest request) {
        return ActivityFailures.translated(() -> {
            SignalText signal = request.decision();
            Decision decision = null;
            String malformed = "";
            try {
                decision = DecisionReader.read(signal);
            } catch (MalformedSignalException e) {
                malformed = String.valueOf(e.getMessage());
            }
            Ruling ruling = ruling(request, decision, malformed);
            recordDecision(request, decision, ruling);
            recordRuling(request, ruling);
            return ruling;
        });
    }

    private Ruling ruling(RulingRequest request, @Nullable Decision decision, String malformed) {
        if (request.overLimit()) {
            return refused(request, decision, Reason.TOO_MANY, "this incident has had all the decisions it takes");
        }
        if (request.late()) {
            return refused(request, decision, Reason.LATE, "the approval deadline was " + request.deadline());
        }
        if (decision == null) {
            return refused(request, null, Reason.MALFORMED, "it cannot be read: " + malformed);
        }
        Finding finding = conditions.check(decision, request);
        if (finding.reason() != Reason.ACCEPTED) {
            return refused(request, decision, finding.approver(), finding.reason(), finding.message());
        }
        String done = decision.verdict() == Verdict.APPROVE ? "approved" : "rejected; nothing was changed";
        return new Ruling(
                id(request, decision),
                decision.verdict(),
                finding.approver(),
                Reason.ACCEPTED,
                "plan " + request.planDigest() + " was " + done + " by "
                        + finding.approver().describe(),
                request.decision().digest(),
                request.now());
    }

    private static Ruling refused(RulingRequest request, @Nullable Decision decision, Reason reason, String message) {
        String name = decision == null || decision.approver() == null ? "anonymous" : decision.approver();
        return refused(request, decision, Person.unverified(PlainText.shown(name, 100)), reason, message);
    }

    private static Ruling refused(
            RulingRequest request, @Nullable Decision decision, Person approver, Reason reason, String message) {
        return new Ruling(
                id(request, decision),
                decision == null ? null : decision.verdict(),
                approver,
                reason,
                "the decision was refused: " + message + ". Nothing was changed. Next: " + next(request, reason),
                request.decision().digest(),
                request.now());
    }

    private static String id(RulingRequest request, @Nullable Decision decision) {
        return decision == null || decision.decisionId() == null
                ? DecisionReader.derivedId(request.decision())
                : PlainText.shown(decision.decisionId(), 128);
    }

    private static String next(RulingRequest request, Reason reason) {
        Target target = request.request().target();
        String where = target.typed() + (target.namespace() == null ? "" : " -n " + target.namespace());
        return switch (reason) {
            case LATE, TOO_MANY -> "incident start " + where + " --mode remediate";
            case POLICY_FORBIDS, NOT_ALLOWED, SELF_APPROVAL -> "incident plan " + where;
            default -> "incident approve " + where;
        };
    }

    private void recordDecision(RulingRequest request, @Nullable Decision decision, Ruling ruling) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("decisionId", ruling.decisionId());
        detail.put("decisionDigest", request.decision().digest());
        detail.put("bytes", Integer.toString(request.decision().bytes()));
        detail.put("receivedAt", request.decision().receivedAt().toString());
        if (decision == null) {
            String text = redactor.apply(request.decision().text());
            detail.put("malformed", text.substring(0, Math.min(text.length(), KEPT_OF_MALFORMED)));
        } else {
            detail.put("planDigest", PlainText.shown(decision.planDigest(), 100));
            detail.put("verdict", decision.verdict().name());
            if (decision.reason() != null) {
                detail.put("reason", redactor.apply(decision.reason()));
            }
            if (decision.expiresAt() != null) {
                detail.put("expiresAt", decision.expiresAt().toString());
            }
        }
        trail.append(new TrailEntry(
                request.incident(), request.runId(), ruling.approver().describe(), RECEIVED, detail));
    }

    private void recordRuling(RulingRequest request, Ruling ruling) {
        trail.append(TrailEntry.of(
                request.incident(),
                request.runId(),
                RULED,
                Map.of(
                        "decisionId", ruling.decisionId(),
                        "decisionDigest", ruling.decisionDigest(),
                        "planDigest", request.planDigest(),
                        "verdict", String.valueOf(ruling.verdict()),
                        "reason", ruling.reason().name(),
                        "approver", ruling.approver().describe(),
                        "message", ruling.message())));
    }
}
