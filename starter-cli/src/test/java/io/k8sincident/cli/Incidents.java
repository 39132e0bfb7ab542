package io.k8sincident.cli;

import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.BlastRadius;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.DropReason;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.VerificationPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One crashing Deployment in the states that a person can see it in. */
public final class Incidents {
    public static final Instant OPENED = Instant.parse("2026-11-24T12:00:00Z");
    public static final String DIGEST = "sha256:ab12cd34ef56" + "0".repeat(52);
    public static final Target CRASHY = Target.deployment("demo", "crashy").withUid("7e6f");
    public static final String ID = "incident:test:demo:deployment:crashy";

    private Incidents() {}

    public static IncidentRequest request(Mode mode) {
        return request(mode, Person.unverified("alice"));
    }

    private static IncidentRequest request(Mode mode, Person requester) {
        return new IncidentRequest(
                "test", CRASHY, mode, requester, List.of(), Duration.ofMinutes(30), Duration.ofMinutes(10));
    }

    public static Diagnosis badCommand() {
        return new Diagnosis(
                "practice/demo",
                CRASHY,
                "CrashLoopBackOff",
                OPENED.minusSeconds(240),
                "bad-command",
                new Culprit("Deployment", "crashy", "app", "command", "/bin/crashh"),
                Confidence.PROVEN,
                false,
                List.of(
                        new Claim("container app, command \"/bin/crashh\" does not exist", List.of("E1", "E2")),
                        new Claim("revision 6 was ready for 3d", List.of("E3"))),
                List.of(),
                List.of(
                        new Observation("E1", "Pod/crashy-1 status", "exit code 127", "sha256:1"),
                        new Observation("E2", "Pod/crashy-1 spec", "command /bin/crashh", "sha256:2"),
                        new Observation("E3", "ReplicaSet/crashy-6", "scaled to 2", "sha256:3")),
                List.of(new RuledOut("oom-limit", "last exit 127, no OOM reason", List.of("E1"))),
                List.of(),
                List.of(),
                List.of("Deployment/front"),
                List.of(new Offer("roll-back", Risk.LOW, List.of(rollBack()), List.of())));
    }

    public static Diagnosis unknown() {
        return new Diagnosis(
                "practice/demo",
                CRASHY,
                "CrashLoopBackOff",
                null,
                null,
                null,
                Confidence.NONE,
                true,
                List.of(),
                List.of(new Missing("the log before the last restart", "kubectl logs crashy-1 -n demo --previous")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Offer("set-command", Risk.MEDIUM, List.of(), List.of("app.command"))));
    }

    /** A model that sees it otherwise. */
    public static Advice advice() {
        return new Advice(
                Advice.Status.GIVEN,
                "qwen2.5:7b",
                "sha256:" + "5".repeat(64),
                "sha256:" + "6".repeat(64),
                Duration.ofMillis(12_300),
                2_100,
                310,
                "oom-limit",
                Advice.Agreement.DISAGREES,
                List.of("roll-back"),
                new AdvisedClaim("The container is killed.", "E1", "exit code 127"),
                List.of(),
                List.of(),
                List.of(),
                Map.of(DropReason.UNKNOWN_RUNBOOK, 2),
                "2 parts of the model's answer were left out");
    }

    public static Action rollBack() {
        return new Action.RollBack(CRASHY, 6, "crashy-6", "uid-6", "sha256:t6", "ready for 3d", true);
    }

    public static Proposal proposal() {
        return proposal(DIGEST);
    }

    /** One that nobody may decide on without a signature; its digest is really that of its plan. */
    public static Proposal strictProposal() {
        Plan plan = proposal().plan();
        if (plan == null) {
            throw new IllegalStateException("a proposal has a plan");
        }
        return Proposal.planned(plan, Digest.ofCanonical(plan)).with(new DecisionTerms(true, 1, "uid-of-kube-system"));
    }

    public static Proposal proposal(String digest) {
        Plan plan = new Plan(
                1,
                ID,
                "test",
                CRASHY,
                7,
                "roll-back",
                "bad-command",
                List.of(new PlannedAction(
                        rollBack(),
                        "sha256:before",
                        "sha256:after",
                        "--- before\n+++ after\n@@ -1 +1 @@\n-command: [/bin/crashh]\n+command: [/bin/crash]",
                        "server-side dry run",
                        "kubectl rollout undo deployment/crashy -n demo")),
                Risk.LOW,
                new BlastRadius(2, 2, List.of()),
                new VerificationPlan(2, "sha256:t6", Duration.ofSeconds(30), Duration.ofMinutes(5), List.of()),
                "sha256:evidence",
                "sha256:policy",
                "default.yaml:3 namespaces.allow",
                Person.unverified("alice"),
                OPENED.plusSeconds(2),
                OPENED.plusSeconds(1802));
        return Proposal.planned(plan, digest);
    }

    public static Investigation investigation() {
        return new Investigation(CRASHY, OPENED.plusSeconds(1), "sha256:snapshot", badCommand(), List.of());
    }

    /** Waiting for a decision. */
    public static IncidentStatus waiting(String runId) {
        return new IncidentStatus(
                ID,
                runId,
                request(Mode.REMEDIATE),
                Phase.AWAITING_APPROVAL,
                OPENED,
                investigation(),
                proposal(),
                List.of(),
                OPENED.plusSeconds(1802),
                List.of(),
                List.of(),
                null,
                null,
                null,
                "",
                List.of("incident plan " + ID),
                null,
                null);
    }

    /** The same, if its request named this person. */
    public static IncidentStatus requestedBy(IncidentStatus status, Person requester) {
        return new IncidentStatus(
                status.workflowId(),
                status.runId(),
                request(status.request().mode(), requester),
                status.phase(),
                status.openedAt(),
                status.investigation(),
                status.proposal(),
                status.refusedRevisions(),
                status.deadline(),
                status.rulings(),
                status.executions(),
                status.verification(),
                status.restoration(),
                status.outcome(),
                status.reason(),
                status.nextCommands(),
                status.record(),
                status.advice());
    }

    /** The same, ended. */
    public static IncidentStatus ended(IncidentStatus status, Outcome outcome, String reason) {
        return new IncidentStatus(
                status.workflowId(),
                status.runId(),
                status.request(),
                Phase.CLOSED,
                status.openedAt(),
                status.investigation(),
                status.proposal(),
                status.refusedRevisions(),
                status.deadline(),
                status.rulings(),
                status.executions(),
                status.verification(),
                status.restoration(),
                outcome,
                reason,
                status.nextCommands(),
                status.record(),
                null);
    }
}
