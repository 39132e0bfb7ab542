package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.Conditions.Finding;
import io.k8sincident.activities.approval.DecisionReader.Read;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.guard.Slots;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rules on decisions and keeps each of them, with its ruling, in the audit trail. Thread-safe. */
public final class RulingActivityImpl implements RulingActivity {
    /** The event of a ruling in the trail: the executor acts on nothing but an accepted one. */
    public static final String RULED = "decision_ruled";
    /** The detail of an accepted approval: when its execution window ends. */
    public static final String EXECUTE_BY = "executeBy";

    private static final String RECEIVED = "decision_received";
    /** Bytes. */
    private static final int KEPT_OF_MALFORMED = 4_096;

    private final Conditions conditions;
    private final Standing standing;
    private final BlobStore blobs;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnaryOperator<String> redactor;
    private final Consumer<String> alarm;

    /**
     * Rules with these.
     *
     * @param name on whose incidents alone an approval counts
     * @param policies asked anew for each decision; may throw {@link io.k8sincident.activities.policy.PolicyException}
     * @param gate asks the policy about the plan as a whole
     * @param access what approvers may do themselves; asked where the policy says who they are in the cluster
     * @param ledger where each decision counts once
     * @param clock for limits that count actions
     * @param redactor takes secrets out of what people wrote, before it is kept
     * @param alarm is told, in one line, when somebody has broken the glass
     */
    public RulingActivityImpl(
            ClusterName name,
            BlobStore blobs,
            Supplier<Policy> policies,
            PolicyGate gate,
            ProofVerifier proofs,
            Access access,
            DecisionLedger ledger,
            AuditTrail trail,
            Clock clock,
            UnaryOperator<String> redactor,
            Consumer<String> alarm) {
        Quorum quorum = new Quorum(trail, proofs);
        Slots slots = new Slots(trail, clock);
        this.conditions = new Conditions(
                name,
                new Plans(blobs),
                policies,
                gate,
                proofs,
                new OwnRights(access),
                new SingleUse(ledger),
                quorum,
                new Glass(gate, slots, quorum));
        this.standing = new Standing(new Plans(blobs), policies, gate, slots);
        this.blobs = blobs;
        this.trail = trail;
        this.clock = clock;
        this.redactor = redactor;
        this.alarm = alarm;
    }

    @Override
    public Ruling rule(RulingRequest asked) {
        return ActivityFailures.translated(() -> {
            RulingRequest request = asked.notBefore(clock.instant());
            SignalText signal = request.decision();
            Read read = null;
            String malformed = "";
            try {
                read = DecisionReader.read(signal);
            } catch (MalformedSignalException e) {
                malformed = String.valueOf(e.getMessage());
            }
            Decision decision = read == null ? null : read.decision();
            Ruling ruling = ruling(request, read, malformed);
            recordDecision(request, decision, ruling);
            recordBreakGlass(request, ruling);
            recordRuling(request, decision, ruling);
            return ruling;
        });
    }

    @Override
    public PolicyAnswer ask(PolicyRequest request) {
        return ActivityFailures.translated(() -> new PolicyAnswer(
                standing.against(request.planDigest(), clock.instant()).orElse(null)));
    }

    private Ruling ruling(RulingRequest request, @Nullable Read read, String malformed) {
        Decision decision = read == null ? null : read.decision();
        if (request.overLimit()) {
            return refused(request, decision, Reason.TOO_MANY, "this incident has had all the decisions it takes");
        }
        if (request.unchecked() != null) {
            return refused(request, decision, Reason.NOT_CHECKED, "it could not be checked: " + request.unchecked());
        }
        if (request.late()) {
            return refused(request, decision, Reason.LATE, whyLate(request));
        }
        if (read == null || decision == null) {
            return refused(request, null, Reason.MALFORMED, "it cannot be read: " + malformed);
        }
        Finding finding = conditions.check(read, request);
        if (finding.reason() == Reason.QUORUM_INCOMPLETE) {
            return ruling(
                    request,
                    decision,
                    finding,
                    "the approval is counted, but not enough yet: " + finding.message()
                            + ". Nothing was changed. Next: another person types " + next(request, finding.reason()));
        }
        if (finding.reason() != Reason.ACCEPTED) {
            return refused(request, decision, finding.approver(), finding.reason(), finding.message());
        }
        if (!clock.instant().isBefore(request.deadline())) {
            // Nobody waits for the answer any more: what is recorded is to be what the incident goes by.
            String message = "checking it took until after the approval deadline " + request.deadline();
            return refused(request, decision, finding.approver(), Reason.LATE, message);
        }
        String done = decision.verdict() == Verdict.APPROVE ? "approved " : "rejected; nothing was changed; ";
        return ruling(request, decision, finding, "plan " + request.planDigest() + " was " + done + finding.message());
    }

    private Ruling ruling(RulingRequest request, Decision decision, Finding finding, String message) {
        BreakGlass broken = decision.breakGlass() == null || finding.lifted().isEmpty()
                ? null
                : new BreakGlass(
                        redactor.apply(decision.breakGlass()),
                        finding.people().stream().map(Person::name).toList(),
                        finding.lifted());
        return new Ruling(
                id(request, decision),
                decision.verdict(),
                finding.approver(),
                finding.reason(),
                broken == null ? message : message + "; " + BreakGlass.MARK + ", lifted: " + broken.describe(),
                request.decision().digest(),
                request.now(),
                broken);
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
                "the decision was refused: " + message + ". Nothing was changed by it. Next: " + next(request, reason),
                request.decision().digest(),
                request.now());
    }

    private static String id(RulingRequest request, @Nullable Decision decision) {
        return decision == null || decision.decisionId() == null
                ? DecisionReader.derivedId(request.decision())
                : PlainText.shown(decision.decisionId(), 128);
    }

    /** Also late is what comes while an incident closes that was decided on, or recovered, before its deadline. */
    private static String whyLate(RulingRequest request) {
        return request.now().isBefore(request.deadline())
                ? "no plan waited for a decision any more when it was taken up"
                : "the approval deadline was " + request.deadline();
    }

    private static String next(RulingRequest request, Reason reason) {
        Target target = request.request().target();
        String where = target.typed() + (target.namespace() == null ? "" : " -n " + target.namespace());
        return switch (reason) {
            case NOT_CHECKED -> "incident show " + where;
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
            detail.put(
                    "malformed",
                    PlainText.start(redactor.apply(request.decision().text()), KEPT_OF_MALFORMED));
        } else {
            detail.put("planDigest", PlainText.shown(decision.planDigest(), 100));
            detail.put("verdict", decision.verdict().name());
            if (decision.reason() != null) {
                detail.put("reason", redactor.apply(decision.reason()));
            }
            if (decision.breakGlass() != null) {
                GlassRecords.attempt(detail, redactor.apply(decision.breakGlass()));
            }
            if (decision.expiresAt() != null) {
                detail.put("expiresAt", decision.expiresAt().toString());
            }
            if (ruling.approver().verified()) {
                // With its proof, so that anybody who has the keys can check it: its digest is the decision's.
                detail.put("signedText", blobs.put(request.decision().text().getBytes(StandardCharsets.UTF_8)));
            }
        }
        trail.append(new TrailEntry(
                request.incident(), request.runId(), ruling.approver().describe(), RECEIVED, detail));
    }

    /** An entry of its own, before the ruling is answered: without it the executor does nothing. */
    private void recordBreakGlass(RulingRequest request, Ruling ruling) {
        BreakGlass broken = ruling.breakGlass();
        if (broken == null || !ruling.accepted()) {
            return;
        }
        Map<String, String> detail = new TreeMap<>();
        detail.put("decisionId", ruling.decisionId());
        detail.put("decisionDigest", ruling.decisionDigest());
        detail.put("planDigest", request.planDigest());
        Recorded.put(detail, ruling.approver(), null);
        GlassRecords.attempt(detail, broken.why());
        GlassRecords.put(detail, broken);
        trail.append(new TrailEntry(
                request.incident(), request.runId(), ruling.approver().describe(), GlassRecords.BROKEN, detail));
        alarm.accept(BreakGlass.MARK + ": " + broken.people() + " approved plan " + request.planDigest() + " of "
                + request.incident() + " against " + broken.describe() + "; because: "
                + PlainText.shown(broken.why(), 200) + "; somebody else must review it: incident audit review");
    }

    private void recordRuling(RulingRequest request, @Nullable Decision decision, Ruling ruling) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("decisionId", ruling.decisionId());
        detail.put("decisionDigest", ruling.decisionDigest());
        detail.put("planDigest", request.planDigest());
        detail.put("verdict", String.valueOf(ruling.verdict()));
        detail.put("reason", ruling.reason().name());
        detail.put("approver", ruling.approver().describe());
        detail.put("message", ruling.message());
        Recorded.put(detail, ruling.approver(), decision);
        if (ruling.accepted() && ruling.verdict() == Verdict.APPROVE) {
            Duration asked = request.request().executionWindow();
            Duration window =
                    asked.compareTo(IncidentRequest.LONGEST_WINDOW) < 0 ? asked : IncidentRequest.LONGEST_WINDOW;
            detail.put(EXECUTE_BY, request.now().plus(window).toString());
        }
        if (decision != null && decision.breakGlass() != null) {
            GlassRecords.attempt(detail, redactor.apply(decision.breakGlass()));
        }
        if (ruling.breakGlass() != null) {
            GlassRecords.put(detail, ruling.breakGlass());
        }
        trail.append(TrailEntry.of(request.incident(), request.runId(), RULED, detail));
    }
}
