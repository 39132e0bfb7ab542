package io.k8sincident.activities.execution;

import io.k8sincident.activities.approval.ApprovalProofs;
import io.k8sincident.activities.approval.ProofVerifier;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.execution.Approvals.Permission;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.guard.Slots;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Lift;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The only activity that changes the cluster. The order of its steps is the safety protocol: what was approved, that it
 * was not used before, policy now, the target now, a durable intent, one request, its answer or a settlement by reading,
 * and the result in the trail. Thread-safe.
 */
public final class ExecutionActivityImpl implements ExecutionActivity {
    private static final String RESULT = "action_result";
    private static final String RESTORED = "restoration_result";

    private final AuditTrail trail;
    private final Clock clock;
    private final Approvals approvals;
    private final Slots slots;
    private final Intents intents;
    private final Requests requests;
    private final Settlement settlement;
    private final Sender sender;

    /**
     * Writes by this policy.
     *
     * @param name whose plans alone are carried out
     * @param policies asked anew for each write; may throw a PolicyException, which blocks it
     * @param proofs checks the signatures under an approval once more
     * @param gate asks the policy about the plan as a whole
     */
    public ExecutionActivityImpl(
            ClusterName name,
            ClusterWriter cluster,
            BlobStore blobs,
            Supplier<Policy> policies,
            ProofVerifier proofs,
            PolicyGate gate,
            AuditTrail trail,
            Clock clock) {
        this.trail = trail;
        this.clock = clock;
        this.approvals = new Approvals(
                name, new Plans(blobs), policies, new ApprovalProofs(trail, blobs, proofs), gate, trail, clock);
        this.slots = new Slots(trail, clock);
        this.intents = new Intents(trail);
        this.requests = new Requests(cluster, blobs, intents);
        this.settlement = new Settlement(intents, clock);
        this.sender = new Sender(intents, settlement, clock);
    }

    @Override
    public Execution execute(ExecutionRequest asked) {
        return audited(RESULT, asked, () -> {
            Instant givenUp = clock.instant().plus(LONGEST_ATTEMPT);
            ApprovedAction named = approvals.planned(asked);
            ChainedEntry acceptance = approvals.requireAcceptance(asked);
            ApprovedAction approved = Approvals.withinItsWindow(named, acceptance);
            ExecutionRequest request = approved.request();
            if (!clock.instant().isBefore(request.windowEnds())) {
                throw new HaltedException(
                        Status.WINDOW_LAPSED, "the execution window ended at " + request.windowEnds());
            }
            Settled earlier = settlement.settle(request.incident(), approved.mark(), requests.traceOf(approved));
            if (earlier.status() != Status.NOT_APPLIED) {
                return earlier;
            }
            approvals.requireProofs(approved, acceptance, Stage.EXECUTE);
            String decision = "decision " + request.acceptance().decisionId();
            if (intents.decisionUsed(approved)) {
                Settled used = settled(request, approved.mark());
                if (used.status() == Status.APPLIED) {
                    return used;
                }
                throw new HaltedException(
                        used.status(), decision + " was used before and counts once: " + used.message());
            }
            if (!intents.useDecision(approved)) {
                // What that one does is not known yet.
                throw new HaltedException(
                        Status.UNKNOWN,
                        decision + " was used before and counts once: by another executor, a moment ago. This one sent"
                                + " nothing");
            }
            return inSlot(approved, approvals.requirePolicy(approved, Stage.EXECUTE, acceptance), givenUp);
        });
    }

    @Override
    public Execution settle(ExecutionRequest request) {
        return audited(RESULT, request, () -> settled(request, ApprovedAction.mark(request)));
    }

    @Override
    public Execution restore(ExecutionRequest request) {
        return audited(RESTORED, request, () -> {
            Instant givenUp = clock.instant().plus(LONGEST_ATTEMPT);
            ApprovedAction approved = approvals.planned(request);
            ChainedEntry acceptance = approvals.requireAcceptance(request);
            Settled earlier =
                    settlement.settle(request.incident(), approved.restorationMark(), requests.traceOf(approved));
            if (earlier.status() != Status.NOT_APPLIED) {
                return earlier;
            }
            try {
                approvals.requireProofs(approved, acceptance, Stage.RESTORE);
                var unused = approvals.requirePolicy(approved, Stage.RESTORE, acceptance);
                // An undo may come after the execution window.
                return sender.send(
                        request,
                        new Write(approved.restorationMark(), requests.restorationOf(approved), Instant.MAX, givenUp));
            } catch (HaltedException e) {
                throw new HaltedException(
                        e.status(),
                        e.getMessage() + ". By hand: " + approved.planned().undo());
            }
        });
    }

    @Override
    public Execution settleRestoration(ExecutionRequest request) {
        return audited(RESTORED, request, () -> settled(request, ApprovedAction.restorationMark(request)));
    }

    private Settled settled(ExecutionRequest request, String mark) {
        Optional<ChainedEntry> judged = intents.newest(request.incident(), mark);
        Settled found = judged.isEmpty() ? Settled.NOTHING_SENT : found(request, mark);
        return found.status() == Status.NOT_APPLIED && !intents.giveUp(request, mark, judged)
                ? new Settled(Status.UNKNOWN, "it was announced once more meanwhile", "")
                : found;
    }

    private Settled found(ExecutionRequest request, String mark) {
        try {
            return settlement.settle(request.incident(), mark, requests.traceOf(approvals.planned(request)));
        } catch (HaltedException e) {
            return new Settled(Status.UNKNOWN, "it was sent, but cannot be looked for: " + e.getMessage(), "");
        }
    }

    /** Sends in a slot, which is returned if it is certain that nothing was done. */
    private Settled inSlot(ApprovedAction approved, Permission permission, Instant givenUp) {
        Slots.Answer slot = slots.claim(
                permission.policy().limits(),
                approved.plan(),
                approved.request(),
                permission.lifted().contains(Lift.LIMITS));
        slot.refusal().ifPresent(refusal -> {
            throw new HaltedException(Status.BLOCKED, "the policy forbids it now: " + refusal.describe());
        });
        Settled settled;
        try {
            settled = sender.send(
                    approved.request(),
                    new Write(
                            approved.mark(),
                            requests.of(approved),
                            approved.request().windowEnds(),
                            givenUp));
        } catch (HaltedException e) {
            slot.claim().ifPresent(claim -> slots.giveBack(claim, e.status().name()));
            throw e;
        }
        if (settled.status() == Status.NOT_APPLIED) {
            slot.claim().ifPresent(claim -> slots.giveBack(claim, Status.NOT_APPLIED.name()));
        }
        return settled;
    }

    private Execution audited(String event, ExecutionRequest request, Supplier<Settled> protocol) {
        return ActivityFailures.translated(() -> {
            Settled settled;
            try {
                settled = protocol.get();
            } catch (HaltedException e) {
                settled = new Settled(e.status(), String.valueOf(e.getMessage()), "");
            }
            ChainedEntry recorded = trail.append(TrailEntry.of(
                    request.incident(),
                    request.runId(),
                    event,
                    Map.of(
                            "planDigest", request.planDigest(),
                            "action", Integer.toString(request.action()),
                            "status", settled.status().name(),
                            "message", settled.message(),
                            "resourceVersion", settled.resourceVersion())));
            return new Execution(
                    request.action(),
                    settled.status(),
                    Wording.of(settled, request, event.equals(RESTORED)),
                    settled.resourceVersion().isEmpty() ? null : settled.resourceVersion(),
                    recorded.time());
        });
    }
}
