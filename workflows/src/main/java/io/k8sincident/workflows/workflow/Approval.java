package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.PlanningActivity.PlanRequest;
import io.k8sincident.workflows.activity.RulingActivity.PolicyRequest;
import io.k8sincident.workflows.approval.Inbox;
import io.k8sincident.workflows.approval.Signal;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Verdict;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a decision on the open plan until the deadline. Signals are taken up one at a time, in the order in which
 * they came; the deadline goes before whatever still lies in the inbox when it has passed.
 */
final class Approval {
    /** How many revisions are planned anew: each reads the cluster and lengthens the history. */
    static final int MOST_REVISIONS = 20;

    /** For what the policy says at the deadline: it reads the namespace. */
    private static final Duration LONGEST_QUESTION = Duration.ofMinutes(1);

    private final IncidentRequest request;
    private final IncidentState state;
    private final Inbox inbox;
    private final Cancellation cancellation;
    private final Rulings rulings;
    private final RecoveryWatch watch;
    private final Instant latest = IncidentState.now().plus(IncidentRequest.LONGEST_APPROVAL);
    private @Nullable CancellationScope timerScope;
    private @Nullable Promise<Void> timer;
    private @Nullable String blocked;
    private @Nullable String unsent;
    private int revisions;

    /** One of the two: a ruling that allows the plan, or how the incident ends without it. */
    record Answer(@Nullable Ruling accepted, @Nullable Ending ending) {}

    Approval(IncidentRequest request, IncidentState state, Inbox inbox, Cancellation cancellation, Proposal proposal) {
        this.request = request;
        this.state = state;
        this.inbox = inbox;
        this.cancellation = cancellation;
        this.rulings = new Rulings(request, state, cancellation);
        this.watch = new RecoveryWatch(request);
        open(proposal);
    }

    Answer await() {
        while (true) {
            Workflow.await(() -> !inbox.isEmpty() || expired() || watch.recovered() || cancellation.requested());
            if (expired()) {
                return expire();
            }
            if (cancellation.requested()) {
                return ended(cancellation.ending());
            }
            Answer answer = inbox.isEmpty() ? recovered() : takeUp(inbox.take());
            if (answer != null) {
                watch.stop();
                return answer;
            }
        }
    }

    /** An accepted decision led to no write: the plan is open again while its deadline lasts. */
    void waitOn(Execution without) {
        boolean forbidden = without.status() == Execution.Status.BLOCKED;
        blocked = forbidden ? forbidden(without.at(), without.message()) : null;
        unsent = forbidden ? null : without.message();
        state.reopened();
        watch.start(remaining());
    }

    /** Rules on a decision that came after the deadline or while the incident closed. */
    void late(SignalText decision) {
        rulings.rule(decision, true);
    }

    private void open(Proposal proposal) {
        Instant wanted = IncidentState.now().plus(request.approvalTimeout());
        Instant deadline = wanted.isBefore(latest) ? wanted : latest;
        state.proposed(proposal, deadline);
        // What was forbidden is another plan.
        blocked = null;
        if (timerScope != null) {
            timerScope.cancel("a revised plan has a deadline of its own");
        }
        timerScope = Workflow.newCancellationScope(() -> timer = Workflow.newTimer(
                remaining(),
                TimerOptions.newBuilder()
                        .setSummary("approval deadline " + deadline)
                        .build()));
        timerScope.run();
        watch.start(remaining());
    }

    private Duration remaining() {
        Duration left = Duration.between(IncidentState.now(), state.deadline());
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
    }

    private boolean expired() {
        return !IncidentState.now().isBefore(state.deadline()) || (timer != null && timer.isCompleted());
    }

    private Answer expire() {
        while (!inbox.isEmpty()) {
            Signal signal = inbox.take();
            if (signal.kind() == Signal.Kind.DECIDE) {
                late(signal.text());
            } else {
                LateSignals.record(signal, "the approval deadline was " + state.deadline());
            }
        }
        return ended(blocked == null ? new Ending(Outcome.EXPIRED, whyExpired()) : forbidden(blocked));
    }

    /** It is blocked if the policy still forbids it; an earlier worker did not ask. */
    private Ending forbidden(String last) {
        if (Workflow.getVersion("asks-at-the-deadline", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return new Ending(Outcome.BLOCKED, last);
        }
        try {
            String still = ActivityStubs.ruling("does the policy still forbid it", LONGEST_QUESTION)
                    .ask(new PolicyRequest(Workflow.getInfo().getWorkflowId(), state.planDigest()))
                    .forbids();
            return still == null
                    ? new Ending(Outcome.EXPIRED, last + ". At the deadline it forbade it no more; nothing was changed")
                    : new Ending(Outcome.BLOCKED, last + ". At the deadline it still forbade it: " + still);
        } catch (ActivityFailure e) {
            return new Ending(
                    Outcome.BLOCKED,
                    last + ". Whether it still forbade it at the deadline could not be asked: " + Failures.describe(e));
        }
    }

    private static String forbidden(Instant at, String message) {
        return "the policy forbade the last approval, at " + at + ", and nobody approved again in time: " + message;
    }

    private String whyExpired() {
        return unsent == null
                ? "nobody decided in time; nothing was changed"
                : "an approval led to no write (" + unsent
                        + "), and nobody approved again in time; nothing was changed";
    }

    private @Nullable Answer recovered() {
        return watch.recovered()
                ? ended(new Ending(
                        Outcome.HEALTHY, "it recovered by itself while the plan waited; nothing was changed"))
                : null;
    }

    private @Nullable Answer takeUp(Signal signal) {
        return signal.kind() == Signal.Kind.DECIDE
                ? decided(rulings.rule(signal.text(), false))
                : revised(signal.text());
    }

    private @Nullable Answer decided(@Nullable Ruling ruling) {
        if (ruling == null) {
            return null;
        }
        if (ruling.reason() == Ruling.Reason.POLICY_FORBIDS) {
            blocked = forbidden(ruling.at(), ruling.message());
        } else if (ruling.reason() == Ruling.Reason.QUORUM_INCOMPLETE && ruling.breakGlass() == null) {
            // Counted without breaking the glass: the policy allowed it then.
            blocked = null;
        }
        if (!ruling.accepted()) {
            return null;
        }
        return ruling.verdict() == Verdict.REJECT
                ? ended(new Ending(
                        Outcome.REJECTED, "rejected by " + ruling.approver().describe() + "; nothing was changed"))
                : new Answer(ruling, null);
    }

    private @Nullable Answer revised(SignalText revision) {
        revisions++;
        if (revisions > MOST_REVISIONS
                && Workflow.getVersion("most-revisions", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            String why = "this incident has had all the " + MOST_REVISIONS
                    + " revisions it takes; the open plan stays as it is";
            if (revisions == MOST_REVISIONS + 1) {
                state.revisionRefused(why);
            }
            LateSignals.recordRevision(revision, why);
            return null;
        }
        try {
            Investigation investigation = Steps.observe(request);
            if (investigation.diagnosis() == null) {
                LateSignals.recordRevision(revision, "nothing is wrong any more");
                return ended(new Ending(Outcome.HEALTHY, "nothing is wrong any more; nothing was changed"));
            }
            Proposal proposal = ActivityStubs.planning("a revised plan, as a dry run")
                    .propose(new PlanRequest(
                            Workflow.getInfo().getWorkflowId(),
                            request,
                            investigation.snapshotDigest(),
                            revision,
                            Workflow.getInfo().getRunId()));
            if (proposal.plan() != null) {
                state.investigated(investigation);
                open(proposal);
            } else {
                state.revisionRefused(String.join(
                        " ", proposal.refusal() == null ? proposal.questions() : List.of(proposal.refusal())));
            }
        } catch (ActivityFailure e) {
            String why = Failures.describe(e) + "; the open plan stays as it is";
            state.revisionRefused(why);
            LateSignals.recordRevision(revision, why);
        }
        return null;
    }

    private static Answer ended(Ending ending) {
        return new Answer(null, ending);
    }
}
