package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.approval.Signal;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Has decisions ruled on. Checking one, which reads the cluster, holds up neither the approval deadline nor a cancellation:
 * what could not be checked by then is refused, which only has to be recorded. The incident goes by that refusal, also where
 * an attempt whose answer was lost has recorded another ruling.
 */
final class Rulings {
    /** How many decisions of one incident are ruled on for what they say; the one after that is refused unread. */
    static final int MOST_DECISIONS = 100;

    private static final Duration LEAST = Duration.ofSeconds(10);

    private final IncidentRequest request;
    private final IncidentState state;
    private final Cancellation cancellation;

    Rulings(IncidentRequest request, IncidentState state, Cancellation cancellation) {
        this.request = request;
        this.state = state;
        this.cancellation = cancellation;
    }

    /**
     * The ruling, recorded and known to the state; absent if the incident has had too many.
     *
     * @param late whether the deadline had passed, or the incident was closing, when it was taken up
     */
    @Nullable
    Ruling rule(SignalText decision, boolean late) {
        int before = state.rulings().size();
        if (before > MOST_DECISIONS) {
            LateSignals.record(
                    new Signal(Signal.Kind.DECIDE, decision),
                    "this incident has had all the " + MOST_DECISIONS + " decisions it takes");
            return null;
        }
        String summary = "decision " + (before + 1);
        RulingRequest asked = new RulingRequest(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getRunId(),
                request,
                decision,
                state.planDigest(),
                state.deadline(),
                IncidentState.now(),
                state.rulings().stream().map(Ruling::decisionId).toList(),
                late,
                before == MOST_DECISIONS);
        Ruling ruling = late ? ActivityStubs.ruling(summary, null).rule(asked) : check(summary, asked);
        state.ruled(ruling);
        return ruling;
    }

    private Ruling check(String summary, RulingRequest asked) {
        Duration left = Duration.between(IncidentState.now(), state.deadline());
        RulingActivity rulings = ActivityStubs.ruling(summary, left.compareTo(LEAST) > 0 ? left : LEAST);
        CompletablePromise<Ruling> answer = Workflow.newPromise();
        CancellationScope checking =
                Workflow.newCancellationScope(() -> answer.completeFrom(Async.function(rulings::rule, asked)));
        checking.run();
        Workflow.await(() -> answer.isCompleted() || cancellation.requested());
        boolean cancelled = !answer.isCompleted() && bounded();
        if (cancelled) {
            checking.cancel("the incident is cancelled");
        }
        try {
            return answer.get();
        } catch (ActivityFailure e) {
            if (!bounded()) {
                throw e;
            }
            String why = cancelled ? "the incident was cancelled meanwhile" : Failures.describe(e);
            return ActivityStubs.ruling(summary + " could not be checked", null).rule(asked.unchecked(why));
        }
    }

    /** An earlier worker waited until it was ruled on, however long that took. */
    private static boolean bounded() {
        return Workflow.getVersion("bounded-rulings", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }
}
