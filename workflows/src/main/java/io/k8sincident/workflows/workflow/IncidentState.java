package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the workflow knows so far. Each change shows in the Temporal UI at once. Used by the workflow's thread alone. */
final class IncidentState {
    private final String workflowId = Workflow.getInfo().getWorkflowId();
    private final String runId = Workflow.getInfo().getRunId();
    private final Instant openedAt = now();
    private final IncidentRequest request;
    private final List<Ruling> rulings = new ArrayList<>();
    private final List<String> refusedRevisions = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private Phase phase = Phase.COLLECTING;
    private @Nullable Investigation investigation;
    private @Nullable Proposal proposal;
    private @Nullable Instant deadline;
    private @Nullable Verification verification;
    private @Nullable Execution restoration;
    private @Nullable Outcome outcome;
    private String reason = "";
    private @Nullable String record;
    private @Nullable Advice advice;

    IncidentState(IncidentRequest request) {
        this.request = request;
        show();
    }

    /** Workflow time. */
    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    void investigated(Investigation found) {
        investigation = found;
        phase = Phase.PROPOSING;
        show();
    }

    void proposed(Proposal made, @Nullable Instant until) {
        proposal = made;
        deadline = until;
        phase = until == null ? Phase.PROPOSING : Phase.AWAITING_APPROVAL;
        IncidentSearchAttributes.proposed(investigation(), made.plan(), until);
        show();
    }

    void revisionRefused(String why) {
        refusedRevisions.add(why);
        show();
    }

    void ruled(Ruling ruling) {
        rulings.add(ruling);
        show();
    }

    void enter(Phase next) {
        phase = next;
        IncidentSearchAttributes.phase(next);
        show();
    }

    void executed(Execution execution) {
        executions.add(execution);
        show();
    }

    void verified(Verification seen) {
        verification = seen;
        show();
    }

    void restored(Execution execution) {
        restoration = execution;
        show();
    }

    void advised(Advice given) {
        advice = given;
        show();
    }

    /** No write happened: the plan waits again. */
    void reopened() {
        enter(Phase.AWAITING_APPROVAL);
    }

    Execution lastExecution() {
        return executions.get(executions.size() - 1);
    }

    void ending(Ending ending) {
        outcome = ending.outcome();
        reason = ending.reason();
        show();
    }

    void closed(String path) {
        record = path.isEmpty() ? null : path;
        enter(Phase.CLOSED);
    }

    Investigation investigation() {
        if (investigation == null) {
            throw new IllegalStateException("nothing has been investigated yet");
        }
        return investigation;
    }

    Plan plan() {
        if (proposal == null || proposal.plan() == null) {
            throw new IllegalStateException("there is no plan");
        }
        return proposal.plan();
    }

    String planDigest() {
        if (proposal == null || proposal.digest() == null) {
            throw new IllegalStateException("there is no plan");
        }
        return proposal.digest();
    }

    /** The commands that undo these actions, in this order, or that tell what became of what nothing undoes. */
    String undo(Collection<ExecutionRequest> applied) {
        List<PlannedAction> actions = applied.stream()
                .map(request -> plan().actions().get(request.action()))
                .toList();
        boolean undone = actions.stream().allMatch(planned -> planned.action().canBePutBack());
        return (undone ? "To undo it by hand: " : "Next: ")
                + actions.stream().map(PlannedAction::undo).distinct().collect(Collectors.joining(", then "));
    }

    Instant deadline() {
        if (deadline == null) {
            throw new IllegalStateException("nothing waits for a decision");
        }
        return deadline;
    }

    List<Ruling> rulings() {
        return rulings;
    }

    IncidentStatus status() {
        return new IncidentStatus(
                workflowId,
                runId,
                request,
                phase,
                openedAt,
                investigation,
                proposal,
                refusedRevisions,
                deadline,
                rulings,
                executions,
                verification,
                restoration,
                outcome,
                reason,
                NextCommands.of(workflowId, request, proposal, outcome),
                record,
                advice);
    }

    private void show() {
        Workflow.setCurrentDetails(IncidentView.markdown(status()));
    }
}
