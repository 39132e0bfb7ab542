package io.k8sincident.activities.planning;

import io.k8sincident.activities.approval.Demands;
import io.k8sincident.activities.approval.MalformedSignalException;
import io.k8sincident.activities.approval.Requesters;
import io.k8sincident.activities.approval.Requesters.Asked;
import io.k8sincident.activities.approval.Requesters.Requester;
import io.k8sincident.activities.approval.RevisionReader;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Diagnoses;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.PlanningActivity;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Revision;
import io.k8sincident.workflows.model.SignalText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Plans from a stored snapshot and the target as it is now; sends nothing but dry runs. Thread-safe. */
public final class PlanningActivityImpl implements PlanningActivity {
    private static final int VERSION = 1;

    private final ClusterName name;
    private final ClusterWriter cluster;
    private final BlobStore blobs;
    private final Function<byte[], Snapshot> snapshots;
    private final Diagnostician diagnostician;
    private final Supplier<Policy> policies;
    private final PolicyGate gate;
    private final Requesters requesters;
    private final Demands demands;
    private final AuditTrail trail;
    private final UnaryOperator<String> redactor;
    private final PlanningOptions options;
    private final Clock clock;

    /**
     * Plans with these.
     *
     * @param name of whose incidents alone it plans
     * @param cluster whose identity needs to read the target, and to patch it for the dry run; without the right to
     *     patch the diff is computed here, and says so
     * @param snapshots reads what the evidence activity stored
     * @param policies asked anew for each plan; may throw a {@link PolicyException}, which blocks it
     * @param gate asks the policy about the plan as a whole, once it has been tried out
     * @param requesters say who asks for the plan
     * @param demands say what a decision on it must bring
     * @param redactor takes secrets out of text before it is shown
     */
    public PlanningActivityImpl(
            ClusterName name,
            ClusterWriter cluster,
            BlobStore blobs,
            Function<byte[], Snapshot> snapshots,
            Diagnostician diagnostician,
            Supplier<Policy> policies,
            PolicyGate gate,
            Requesters requesters,
            Demands demands,
            AuditTrail trail,
            UnaryOperator<String> redactor,
            PlanningOptions options,
            Clock clock) {
        this.name = name;
        this.cluster = cluster;
        this.blobs = blobs;
        this.snapshots = snapshots;
        this.diagnostician = diagnostician;
        this.policies = policies;
        this.gate = gate;
        this.requesters = requesters;
        this.demands = demands;
        this.trail = trail;
        this.redactor = redactor;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public Proposal propose(PlanRequest request) {
        return ActivityFailures.translated(() -> {
            List<String> doubts = new ArrayList<>();
            Proposal proposal = proposal(request, doubts);
            record(request, proposal, doubts);
            return proposal;
        });
    }

    /** @param doubts where it is said why a requester's proof does not hold */
    private Proposal proposal(PlanRequest request, List<String> doubts) {
        SignalText signal = request.revision();
        if (signal == null) {
            return proposal(request, request.request().values(), doubts, requesters::of);
        }
        try {
            Revision revision = RevisionReader.read(signal);
            Proposal proposal =
                    proposal(request, revision.values(), doubts, asked -> requesters.of(asked, signal, revision));
            return proposal.status() == Proposal.Status.NO_SAFE_ACTION
                    ? refused(String.join("; ", proposal.questions()))
                    : proposal;
        } catch (MalformedSignalException e) {
            return refused("it cannot be read: " + e.getMessage());
        }
    }

    private static Proposal refused(String why) {
        return Proposal.revisionRefused("the revision was refused: " + why
                + ". The open plan and the cluster were not changed. Next: incident revise with other values");
    }

    private Proposal proposal(
            PlanRequest request, List<HumanValue> values, List<String> doubts, Function<Asked, Requester> requester) {
        Optional<String> objection = name.objection(
                request.incident(),
                request.request().cluster(),
                request.request().target());
        if (objection.isPresent()) {
            return Proposal.blocked("the incident is not one of this worker: " + objection.get());
        }
        Snapshot snapshot = snapshot(request.snapshotDigest());
        Optional<Diagnosis> diagnosis = Diagnoses.of(request.request().target(), diagnostician.diagnose(snapshot));
        try {
            return Chooser.choose(request.request().target(), diagnosis, values)
                    .map(choice -> planned(request, choice, snapshot, doubts, requester))
                    .orElseGet(() -> Proposal.noSafeAction(Chooser.questions(request.request(), diagnosis)));
        } catch (NoSafeActionException e) {
            return Proposal.noSafeAction(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Proposal planned(
            PlanRequest request,
            Choice choice,
            Snapshot snapshot,
            List<String> doubts,
            Function<Asked, Requester> requesterOf) {
        Policy policy;
        try {
            policy = policies.get();
        } catch (PolicyException e) {
            return Proposal.blocked("the policy cannot be used: " + e.getMessage());
        }
        PolicyVerdict verdict = policy.allows(choice.actions(), choice.risk());
        if (!verdict.allowed()) {
            return Proposal.blocked(verdict.describe());
        }
        Draft draft = Draft.of(choice, request.request().target(), snapshot, cluster, blobs, redactor);
        Instant now = clock.instant();
        Requester requester =
                requesterOf.apply(new Asked(request.incident(), request.runId(), request.request(), policy, now));
        if (!requester.doubt().isEmpty()) {
            doubts.add(requester.doubt());
        }
        Plan plan = new Plan(
                VERSION,
                request.incident(),
                request.request().cluster(),
                draft.target(),
                draft.live().path("metadata").path("generation").asLong(),
                choice.runbook(),
                choice.cause(),
                draft.actions(),
                choice.risk(),
                BlastRadiusReader.of(draft.live(), draft.actions()),
                VerificationPlanner.plan(snapshot, draft, options),
                request.snapshotDigest(),
                policy.digest(),
                verdict.place(),
                requester.person(),
                now,
                now.plus(request.request().approvalTimeout()));
        PolicyVerdict whole = gate.ask(policy, plan, Stage.PLAN, now);
        if (!whole.allowed() && !liftable(request, plan, policy, now)) {
            return Proposal.blocked(whole.describe());
        }
        Proposal proposal = proposed(request, plan, policy);
        return proposal.status() == Proposal.Status.PLANNED
                ? proposal.with(demands.of(policy, plan, standing(request, plan, policy, now)))
                : proposal;
    }

    /** Whether somebody could approve it all the same, by breaking the glass. */
    private boolean liftable(PlanRequest request, Plan plan, Policy policy, Instant now) {
        return request.request().mode() == Mode.REMEDIATE
                && policy.breakGlass().isPresent()
                && gate.objections(policy, plan, Stage.PLAN, now).stream()
                        .allMatch(objection -> objection.lift() != null && policy.lifts(objection.lift()));
    }

    /** What stands against an approval now; looked for only where somebody may lift it. */
    private List<PolicyVerdict> standing(PlanRequest request, Plan plan, Policy policy, Instant now) {
        return request.request().mode() == Mode.REMEDIATE && policy.breakGlass().isPresent()
                ? gate.objections(policy, plan, Stage.APPROVE, now)
                : List.of();
    }

    /** A plan that may be proposed, and why nobody could approve it, if that is so. */
    private Proposal proposed(PlanRequest request, Plan plan, Policy policy) {
        if (request.request().mode() == Mode.PROPOSE) {
            return Proposal.planned(plan, new Plans(blobs).store(plan));
        }
        String namespace = String.valueOf(plan.target().namespace());
        Optional<String> held = policy.heldToProposals(namespace)
                .map(place -> place + ": namespace " + namespace + " is held to proposals");
        if (held.isPresent()) {
            return request.revision() == null
                    ? Proposal.held(plan, new Plans(blobs).store(plan), held.get())
                    : refused(held.get());
        }
        return policy.frozenThroughout(namespace, plan.createdAt(), plan.expiresAt())
                .filter(frozen -> !policy.lifts(Lift.FREEZE))
                .map(frozen -> Proposal.blocked(frozen.describe()))
                .orElseGet(() -> Proposal.planned(plan, new Plans(blobs).store(plan)));
    }

    private Snapshot snapshot(String digest) {
        return blobs.get(digest)
                .map(snapshots)
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.INVALID_INPUT,
                        "the evidence " + digest
                                + " is not in the blob store, or was changed there. Nothing was planned. Next: start a"
                                + " new incident, which collects it anew"));
    }

    private void record(PlanRequest request, Proposal proposal, List<String> doubts) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("snapshotDigest", request.snapshotDigest());
        if (request.revision() != null) {
            detail.put("revisionDigest", request.revision().digest());
        }
        if (proposal.refusal() != null) {
            detail.put("refusal", proposal.refusal());
        }
        if (!proposal.questions().isEmpty()) {
            detail.put("questions", String.join("\n", proposal.questions()));
        }
        Plan plan = proposal.plan();
        if (plan != null) {
            detail.put("planDigest", String.valueOf(proposal.digest()));
            detail.put("runbook", plan.runbook());
            detail.put("risk", plan.risk().name());
            detail.put("policyDigest", plan.policyDigest());
            detail.put("requester", plan.requester().describe());
            if (!doubts.isEmpty()) {
                detail.put("requesterNotProven", String.join("; ", doubts));
            }
            detail.put(
                    "actions",
                    String.join(
                            "\n",
                            plan.actions().stream()
                                    .map(PlannedAction::action)
                                    .map(action -> redactor.apply(action.describe()))
                                    .toList()));
        }
        trail.append(TrailEntry.of(request.incident(), "", event(proposal.status()), detail));
    }

    private static String event(Proposal.Status status) {
        return switch (status) {
            case PLANNED -> "plan_proposed";
            case NO_SAFE_ACTION -> "no_safe_action";
            case BLOCKED -> "plan_blocked";
            case REVISION_REFUSED -> "revision_refused";
        };
    }
}
