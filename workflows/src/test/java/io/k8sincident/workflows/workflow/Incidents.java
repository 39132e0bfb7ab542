package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.BlastRadius;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.DropReason;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.VerificationPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Incidents as tests tell them: a Deployment whose new revision names a command that does not exist. */
final class Incidents {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final Target CRASHY = new Target("apps/v1", "Deployment", "demo", "crashy", "uid-1");
    static final String DIGEST = "sha256:" + "ab".repeat(32);
    static final String REVISED = "sha256:" + "cd".repeat(32);

    private Incidents() {}

    static IncidentRequest request(Mode mode) {
        return request(mode, IncidentRequest.DEFAULT_APPROVAL);
    }

    static IncidentRequest request(Mode mode, Duration approvalTimeout) {
        return request(mode, approvalTimeout, IncidentRequest.DEFAULT_WINDOW);
    }

    static IncidentRequest request(Mode mode, Duration approvalTimeout, Duration executionWindow) {
        return new IncidentRequest(
                "practice", CRASHY, mode, Person.unverified("alice"), List.of(), approvalTimeout, executionWindow);
    }

    static Investigation crashLoop() {
        Diagnosis diagnosis = new Diagnosis(
                "practice/demo",
                CRASHY,
                "CrashLoopBackOff",
                T0,
                "bad-command",
                new Culprit("Deployment", "crashy", "app", "command", "/bin/crashh"),
                Confidence.PROVEN,
                false,
                List.of(new Claim("container app: command \"/bin/crashh\" does not exist", List.of("E1"))),
                List.of(),
                List.of(new Observation("E1", "Pod/crashy-1 lastState", "StartError, exit 128", "sha256:00")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new Investigation(CRASHY, T0, "sha256:11", diagnosis, List.of());
    }

    /** A model that takes it for something else. */
    static Advice disagreement() {
        return new Advice(
                Advice.Status.GIVEN,
                "smollm2:135m",
                "sha256:66",
                "sha256:77",
                Duration.ofMillis(2_340),
                1_200,
                85,
                "oom-limit",
                Advice.Agreement.DISAGREES,
                List.of("roll-back"),
                new AdvisedClaim("The container has too *little* memory.", "E1", "StartError, exit 128"),
                List.of(),
                List.of(),
                List.of(new Observation("E4", "Pod/crashy-1 log", "Killed <b>", "sha256:04")),
                Map.of(DropReason.QUOTE_NOT_FOUND, 2, DropReason.REPEATED, 1),
                "");
    }

    static Investigation healthy() {
        return new Investigation(CRASHY, T0, "sha256:12", null, List.of());
    }

    static Proposal rollBack(String digest) {
        return planned(
                new Action.RollBack(CRASHY, 6, "crashy-6", "uid-6", "sha256:22", "ready since 3d", true), digest);
    }

    static Proposal eviction(String digest) {
        return planned(new Action.EvictPod(CRASHY, "crashy-0", "uid-0"), digest);
    }

    static Proposal twoActions(String digest) {
        Action first = new Action.RollBack(CRASHY, 6, "crashy-6", "uid-6", "sha256:22", "ready since 3d", true);
        return planned(List.of(first, first), digest);
    }

    private static Proposal planned(Action action, String digest) {
        return planned(List.of(action), digest);
    }

    private static Proposal planned(List<Action> actions, String digest) {
        Plan plan = new Plan(
                1,
                "incident:practice:demo:deployment:crashy",
                "practice",
                CRASHY,
                7,
                "roll-back",
                "bad-command",
                actions.stream()
                        .map(action -> new PlannedAction(
                                action,
                                "sha256:33",
                                "sha256:44",
                                "- bad\n+ good",
                                "server-side dry run",
                                "kubectl undo"))
                        .toList(),
                Risk.LOW,
                new BlastRadius(2, 2, List.of()),
                new VerificationPlan(2, "sha256:22", Duration.ofSeconds(10), Duration.ofMinutes(3), List.of("BackOff")),
                "sha256:11",
                "sha256:55",
                "default.yaml:9",
                Person.unverified("alice"),
                T0,
                T0.plus(Duration.ofHours(1)));
        return Proposal.planned(plan, digest);
    }
}
