package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.workflow.RecoveryCheck.Seen;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an approved plan: executes its actions in order, verifies, and puts back what it changed if the workload
 * did not recover.
 */
final class Remediation {
    private final IncidentState state;
    private final Cancellation cancellation;
    private final RecoveryCheck check;
    private final Restoration restoration;
    private final Duration executionWindow;

    Remediation(IncidentState state, Cancellation cancellation, Duration executionWindow) {
        this.state = state;
        this.cancellation = cancellation;
        this.check = new RecoveryCheck(state);
        this.restoration = new Restoration(state, cancellation, executionWindow);
        this.executionWindow = executionWindow;
    }

    /** How the incident ends, or nothing if no write happened and the plan may wait for another decision. */
    @Nullable
    Ending carryOut(Ruling accepted) {
        state.enter(Phase.EXECUTING);
        Instant since = IncidentState.now();
        Deque<ExecutionRequest> applied = new ArrayDeque<>();
        for (int action = 0; action < state.plan().actions().size(); action++) {
            if (applied.isEmpty() ? cancellation.requested() : cancellation.stopsWrites()) {
                return applied.isEmpty() ? cancellation.ending() : cancelledInBetween(applied, "");
            }
            ExecutionRequest request = request(accepted, action, accepted.at().plus(executionWindow));
            Execution execution = execute(request);
            state.executed(execution);
            if (execution.status() != Execution.Status.APPLIED) {
                return applied.isEmpty() ? ending(execution) : stopped(execution, applied);
            }
            applied.push(request);
            // It may have waited long for an executor; the time to recover begins now.
            since = IncidentState.now();
        }
        return verifyOrRestore(since, applied);
    }

    /** An action came to nothing after others were applied: these are put back, if it is known what was written. */
    private Ending stopped(Execution execution, Deque<ExecutionRequest> applied) {
        String before = applied(applied);
        String why = ". Action " + (execution.action() + 1)
                + (execution.status() == Execution.Status.UNKNOWN ? ": " : " was not applied: ") + execution.message();
        if (unknownEnds(execution)) {
            return new Ending(Outcome.OUTCOME_UNKNOWN, before + ", which stays" + why);
        }
        if (cancellation.stopsWrites()) {
            return cancelledInBetween(applied, why);
        }
        Ending ending = restoration.of(applied);
        return new Ending(ending.outcome(), before + "; " + ending.reason() + why);
    }

    private Execution execute(ExecutionRequest request) {
        Duration left = Duration.between(IncidentState.now(), request.windowEnds());
        if (left.isNegative() || left.isZero()) {
            return new Execution(
                    request.action(),
                    Execution.Status.WINDOW_LAPSED,
                    "the execution window was over before it was sent; nothing was changed by it",
                    null,
                    IncidentState.now());
        }
        String summary = state.plan().actions().get(request.action()).action().describe();
        try {
            Execution execution = ActivityStubs.execution(summary, left).execute(request);
            return execution.status() == Execution.Status.UNKNOWN ? Settlement.ofExecution(request) : execution;
        } catch (ActivityFailure e) {
            String next = request.action() == 0 ? ", then approve again" : "";
            return Unsent.certain(e)
                    ? Unsent.of(
                            request,
                            Execution.Status.WINDOW_LAPSED,
                            left,
                            "nothing was changed by it. Next: start one with incident worker" + next)
                    : Settlement.ofExecution(request);
        }
    }

    /** Nothing more is written while it is not known what was written; an earlier worker put back what was before it. */
    private static boolean unknownEnds(Execution execution) {
        return execution.status() == Execution.Status.UNKNOWN
                && Workflow.getVersion("unknown-ends", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    private static @Nullable Ending ending(Execution execution) {
        return switch (execution.status()) {
            case STALE -> new Ending(Outcome.STALE, execution.message());
            case REFUSED -> new Ending(Outcome.FAILED, execution.message());
            case UNKNOWN -> new Ending(Outcome.OUTCOME_UNKNOWN, execution.message());
            case BLOCKED, WINDOW_LAPSED, NOT_APPLIED -> null;
            case APPLIED -> throw new IllegalStateException("an applied write is verified");
        };
    }

    private Ending verifyOrRestore(Instant since, Deque<ExecutionRequest> applied) {
        Seen seen = verify(since);
        if (cancellation.requested()) {
            return cancelled(seen, applied);
        }
        if (seen.verification() == null) {
            return unseen(seen, applied);
        }
        if (seen.verification().recovered()) {
            return new Ending(Outcome.RESOLVED, seen.message());
        }
        Ending ending = restoration.of(applied);
        return new Ending(ending.outcome(), seen.message() + "; " + ending.reason());
    }

    /** Nothing is put back on no evidence: what was written may have helped. */
    private Ending unseen(Seen seen, Deque<ExecutionRequest> applied) {
        String written = state.plan().actions().stream()
                .map(planned -> planned.action().describe())
                .collect(Collectors.joining(", then "));
        return new Ending(
                Outcome.UNRESOLVED,
                seen.message() + "; nothing was put back, what was written stays: " + written
                        + ". Next: look at the workload with kubectl get. " + state.undo(applied));
    }

    /** The ending once something was written. */
    private Ending cancelled(Seen seen, Deque<ExecutionRequest> applied) {
        String which = state.plan().actions().size() == 1 ? "" : " (" + applied(applied) + ")";
        return new Ending(
                Outcome.CANCELLED,
                "cancelled after the write, which stays" + which + "; verification: " + seen.message() + ". "
                        + state.undo(applied));
    }

    /** What a plan calls recovered holds for all of it; of a part it says nothing. */
    private Ending cancelledInBetween(Deque<ExecutionRequest> applied, String why) {
        return new Ending(
                Outcome.CANCELLED,
                "cancelled in between: " + applied(applied) + ", which stays and was not verified" + why
                        + ". Next: look at the workload with kubectl get. " + state.undo(applied));
    }

    /** {@code 1 of 2 actions was applied}. */
    private String applied(Deque<ExecutionRequest> applied) {
        return applied.size() + " of " + state.plan().actions().size() + " actions "
                + (applied.size() == 1 ? "was" : "were") + " applied";
    }

    private Seen verify(Instant since) {
        state.enter(Phase.VERIFYING);
        Seen seen = check.look(since);
        if (seen.verification() != null) {
            state.verified(seen.verification());
        }
        return seen;
    }

    private ExecutionRequest request(Ruling accepted, int action, Instant windowEnds) {
        return new ExecutionRequest(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getRunId(),
                state.planDigest(),
                action,
                accepted,
                windowEnds);
    }
}
