package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RecordActivity.TrailEvent;
import io.k8sincident.workflows.activity.VerificationActivity.VerificationRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an approved plan: executes its actions in order, verifies, and puts back what it changed if the workload
 * did not recover.
 */
final class Remediation {
    private final IncidentState state;
    private final Cancellation cancellation;
    /** A restoration is covered by the approval of the plan: it has as long again, whatever is left for the write. */
    private final Duration executionWindow;

    Remediation(IncidentState state, Cancellation cancellation, Duration executionWindow) {
        this.state = state;
        this.cancellation = cancellation;
        this.executionWindow = executionWindow;
    }

    /** How the incident ends, or nothing if no write happened and the plan may wait for another decision. */
    @Nullable
    Ending carryOut(Ruling accepted) {
        state.enter(Phase.EXECUTING);
        Instant since = IncidentState.now();
        Deque<ExecutionRequest> applied = new ArrayDeque<>();
        for (int action = 0; action < state.plan().actions().size(); action++) {
            if (cancellation.requested() && applied.isEmpty()) {
                return cancellation.ending();
            }
            ExecutionRequest request = request(accepted, action, accepted.at().plus(executionWindow));
            Execution execution = execute(request);
            state.executed(execution);
            if (execution.status() != Execution.Status.APPLIED) {
                return applied.isEmpty() || unknownEnds(execution)
                        ? ending(execution)
                        : restore(applied, accepted, execution.message());
            }
            applied.push(request);
        }
        return verifyOrRestore(accepted, since, applied);
    }

    private Execution execute(ExecutionRequest request) {
        Duration left = Duration.between(IncidentState.now(), request.windowEnds());
        if (left.isNegative() || left.isZero()) {
            return new Execution(
                    request.action(),
                    Execution.Status.WINDOW_LAPSED,
                    "the execution window was over before anything was sent; nothing was changed",
                    null,
                    IncidentState.now());
        }
        String summary = state.plan().actions().get(request.action()).action().describe();
        try {
            Execution execution = ActivityStubs.execution(summary, left).execute(request);
            return execution.status() == Execution.Status.UNKNOWN ? Settlement.ofExecution(request) : execution;
        } catch (ActivityFailure e) {
            return neverSent(e)
                    ? unsent(
                            request,
                            Execution.Status.WINDOW_LAPSED,
                            left,
                            "nothing was changed by it. Next: start one with incident worker, then approve again")
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

    private Ending verifyOrRestore(Ruling accepted, Instant since, Deque<ExecutionRequest> applied) {
        state.enter(Phase.VERIFYING);
        Verification verification = verify(since);
        state.verified(verification);
        if (cancellation.requested()) {
            return new Ending(
                    Outcome.CANCELLED,
                    "cancelled after the write, which stays; verification: " + verification.message());
        }
        return verification.recovered()
                ? new Ending(Outcome.RESOLVED, verification.message())
                : restore(applied, accepted, verification.message());
    }

    private Verification verify(Instant since) {
        Duration giveUpAfter = state.plan().verification().giveUpAfter();
        try {
            return ActivityStubs.verification("wait until the workload has recovered", giveUpAfter)
                    .verify(new VerificationRequest(Workflow.getInfo().getWorkflowId(), state.planDigest(), since));
        } catch (ActivityFailure e) {
            String message = "not recovered within " + giveUpAfter.toSeconds() + " s: " + Failures.describe(e);
            recordGivenUp(message);
            return new Verification(false, message, List.of(), IncidentState.now());
        }
    }

    /** The activity itself records what it saw; here it came to no end. */
    private void recordGivenUp(String message) {
        if (Workflow.getVersion("verification-given-up", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return;
        }
        ActivityStubs.recording("the verification came to no end")
                .record(new TrailEvent(
                        Workflow.getInfo().getWorkflowId(),
                        Workflow.getInfo().getRunId(),
                        "verification_given_up",
                        "system",
                        "plan " + state.planDigest() + ": " + message));
    }

    private Ending restore(Deque<ExecutionRequest> applied, Ruling accepted, String because) {
        Optional<PlannedAction> gone = applied.stream()
                .map(request -> state.plan().actions().get(request.action()))
                .filter(planned -> !planned.action().canBePutBack())
                .findFirst();
        if (gone.isPresent()) {
            return new Ending(
                    Outcome.UNRESOLVED,
                    because + "; what was done cannot be undone. Next: "
                            + gone.get().undo());
        }
        state.enter(Phase.RESTORING);
        while (!applied.isEmpty()) {
            Execution restoration = restore(request(
                    accepted, applied.pop().action(), IncidentState.now().plus(executionWindow)));
            state.restored(restoration);
            if (restoration.status() == Execution.Status.UNKNOWN) {
                return new Ending(
                        Outcome.OUTCOME_UNKNOWN,
                        because + "; and whether it was put back is not known: " + restoration.message());
            }
            if (restoration.status() != Execution.Status.APPLIED) {
                return new Ending(
                        Outcome.UNRESOLVED, because + "; and it could not be put back: " + restoration.message());
            }
        }
        return new Ending(Outcome.ROLLED_BACK, because + "; what was there before is put back");
    }

    private Execution restore(ExecutionRequest request) {
        try {
            Execution restoration = ActivityStubs.execution("put back what was there before", executionWindow)
                    .restore(request);
            return restoration.status() == Execution.Status.UNKNOWN ? Settlement.ofRestoration(request) : restoration;
        } catch (ActivityFailure e) {
            return neverSent(e)
                    ? unsent(
                            request,
                            Execution.Status.NOT_APPLIED,
                            executionWindow,
                            "the earlier state was not put back. By hand: " + undo(request))
                    : Settlement.ofRestoration(request);
        }
    }

    /** An earlier worker had it settled by reading, which an executor would have to do. */
    private static boolean neverSent(ActivityFailure failure) {
        return Failures.neverStarted(failure)
                && Workflow.getVersion("never-sent", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    private static Execution unsent(
            ExecutionRequest request, Execution.Status status, Duration waited, String untouched) {
        return new Execution(
                request.action(),
                status,
                "no executor took it up within " + waited.toSeconds() + " s, so nothing was sent; " + untouched,
                null,
                IncidentState.now());
    }

    private String undo(ExecutionRequest request) {
        return state.plan().actions().get(request.action()).undo();
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
