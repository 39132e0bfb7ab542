package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.RecordActivity.TrailEvent;
import io.k8sincident.workflows.activity.VerificationActivity.VerificationRequest;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the workload recovered after a write. Where the verification came to no end, such as while a server was away,
 * that says nothing of the workload: it is looked at once more.
 */
final class RecoveryCheck {
    /** A verification that can look answers as soon as the plan's time is over. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** As long as other reads are tried. */
    private static final Duration LAST_LOOK = Duration.ofMinutes(2);

    private final IncidentState state;

    RecoveryCheck(IncidentState state) {
        this.state = state;
    }

    /**
     * What was seen.
     *
     * @param verification absent if nobody could look
     * @param message of it, or why nobody could look
     */
    record Seen(@Nullable Verification verification, String message) {
        static Seen of(Verification verification) {
            return new Seen(verification, verification.message());
        }
    }

    /** @param since when it was known that the last write was applied */
    Seen look(Instant since) {
        Duration giveUpAfter = state.plan().verification().giveUpAfter();
        VerificationRequest request =
                new VerificationRequest(Workflow.getInfo().getWorkflowId(), state.planDigest(), since);
        try {
            return Seen.of(ActivityStubs.verification("wait until the workload has recovered", giveUpAfter.plus(MARGIN))
                    .verify(request));
        } catch (ActivityFailure e) {
            if (Workflow.getVersion("looks-again", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
                String message = "not recovered within " + giveUpAfter.toSeconds() + " s: " + Failures.describe(e);
                return Seen.of(takenForNotRecovered(message));
            }
            return lookAgain(request, since.plus(giveUpAfter).plus(MARGIN));
        }
    }

    private Seen lookAgain(VerificationRequest request, Instant until) {
        Duration left = Duration.between(IncidentState.now(), until);
        try {
            return Seen.of(ActivityStubs.verification(
                            "look once more at the workload", left.compareTo(LAST_LOOK) > 0 ? left : LAST_LOOK)
                    .verify(request));
        } catch (ActivityFailure e) {
            String message = "whether the workload has recovered could not be seen: " + Failures.describe(e);
            recordGivenUp(message);
            return new Seen(null, message);
        }
    }

    /** What an earlier worker made of it. */
    private Verification takenForNotRecovered(String message) {
        if (Workflow.getVersion("verification-given-up", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            recordGivenUp(message);
        }
        return new Verification(false, message, List.of(), IncidentState.now());
    }

    /** The activity itself records what it saw; here it came to no end. */
    private void recordGivenUp(String message) {
        ActivityStubs.recording("the verification came to no end")
                .record(new TrailEvent(
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        "verification_given_up",
                        "system",
                        "plan " + state.planDigest() + ": " + message));
    }
}
