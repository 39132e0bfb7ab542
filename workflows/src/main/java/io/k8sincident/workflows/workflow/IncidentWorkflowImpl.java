package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.PlanningActivity.PlanRequest;
import io.k8sincident.workflows.approval.Inbox;
import io.k8sincident.workflows.approval.Signal;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Proposal;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * observe → reason → propose → approve → act → verify → record.
 *
 * <p>Everything runs detached from the cancellation of the workflow, which is looked at between the steps: a cancelled
 * incident still ends with an outcome and a record, and what was written is still verified.
 */
public final class IncidentWorkflowImpl implements IncidentWorkflow {
    private final IncidentRequest request;
    private final Inbox inbox = new Inbox();
    private final IncidentState state;
    private final Cancellation cancellation = new Cancellation(CancellationScope.current());
    private final Advising advising;
    private @Nullable Approval approval;

    @WorkflowInit
    public IncidentWorkflowImpl(IncidentRequest request) {
        this.request = request;
        this.state = new IncidentState(request);
        this.advising = new Advising(request, state, cancellation);
    }

    @Override
    public IncidentStatus run(IncidentRequest unused) {
        Workflow.newDetachedCancellationScope(() -> record(handle())).run();
        return state.status();
    }

    @Override
    public void decide(RawValue decision) {
        inbox.put(Signal.Kind.DECIDE, decision, IncidentState.now());
    }

    @Override
    public void revise(RawValue revision) {
        inbox.put(Signal.Kind.REVISE, revision, IncidentState.now());
    }

    @Override
    public IncidentStatus status() {
        return state.status();
    }

    private Ending handle() {
        Investigation investigation;
        Proposal proposal;
        try {
            investigation = Steps.observe(request);
            state.investigated(investigation);
            if (investigation.diagnosis() == null) {
                return new Ending(
                        Outcome.HEALTHY,
                        "nothing is wrong with " + request.target().typed());
            }
            if (cancellation.requested()) {
                return cancellation.ending();
            }
            advising.begin(investigation);
            proposal = propose(investigation);
        } catch (ActivityFailure e) {
            return new Ending(Outcome.NO_SAFE_ACTION, Failures.describeUnchanged(e));
        }
        if (proposal.plan() == null || proposal.refusal() != null || request.mode() == Mode.PROPOSE) {
            state.proposed(proposal, null);
            return withoutApproval(proposal);
        }
        approval = new Approval(request, state, inbox, cancellation, proposal);
        return approveAndAct(approval);
    }

    private Proposal propose(Investigation investigation) {
        return ActivityStubs.planning("what may be done, as a dry run")
                .propose(new PlanRequest(
                        Workflow.getInfo().getWorkflowId(),
                        request,
                        investigation.snapshotDigest(),
                        null,
                        Workflow.getInfo().getRunId()));
    }

    private static Ending withoutApproval(Proposal proposal) {
        return switch (proposal.status()) {
            case PLANNED ->
                new Ending(
                        Outcome.PROPOSED,
                        (proposal.refusal() == null ? "" : proposal.refusal() + "; ")
                                + "a plan is ready; nothing was changed");
            case NO_SAFE_ACTION ->
                new Ending(Outcome.NO_SAFE_ACTION, String.join(" ", proposal.questions()) + " Nothing was changed.");
            case BLOCKED, REVISION_REFUSED -> new Ending(Outcome.BLOCKED, proposal.refusal() + "; nothing was changed");
        };
    }

    private Ending approveAndAct(Approval waiting) {
        Remediation remediation = new Remediation(state, cancellation, request.executionWindow());
        while (true) {
            Approval.Answer answer = waiting.await();
            if (answer.accepted() == null) {
                return Objects.requireNonNull(answer.ending());
            }
            Ending ending = remediation.carryOut(answer.accepted());
            if (ending != null) {
                return ending;
            }
            waiting.waitOn(state.lastExecution());
        }
    }

    /**
     * Closes the incident; what still comes while it closes is recorded as late. The record does not wait for a model:
     * what was done must be on record whatever becomes of the advice.
     */
    private void record(Ending ending) {
        state.ending(ending);
        String path = ActivityStubs.recording("outcome " + ending.outcome()).close(state.status());
        advising.awaitEnd();
        state.closed(path);
        while (!inbox.isEmpty()) {
            Signal signal = inbox.take();
            if (approval != null && signal.kind() == Signal.Kind.DECIDE) {
                approval.late(signal.text());
            } else {
                LateSignals.record(signal, "no plan waited for it any more, the incident ended as " + ending.outcome());
            }
        }
    }
}
