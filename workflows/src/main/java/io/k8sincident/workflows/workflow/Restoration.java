package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.PlannedAction;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;

/** Puts back what a plan has changed, the last action first, until one cannot be put back or somebody cancels. */
final class Restoration {
    private final IncidentState state;
    private final Cancellation cancellation;
    /** A restoration is covered by the approval of the plan: it has as long again, whatever is left for the write. */
    private final Duration window;

    Restoration(IncidentState state, Cancellation cancellation, Duration window) {
        this.state = state;
        this.cancellation = cancellation;
        this.window = window;
    }

    /**
     * How the incident ends; the reason says what was put back, and not why it was to be.
     *
     * @param applied the last one first; afterwards those that were not put back
     */
    Ending of(Deque<ExecutionRequest> applied) {
        Optional<PlannedAction> gone = applied.stream()
                .map(request -> state.plan().actions().get(request.action()))
                .filter(planned -> !planned.action().canBePutBack())
                .findFirst();
        if (gone.isPresent()) {
            return new Ending(
                    Outcome.UNRESOLVED,
                    "what was done cannot be undone. Next: " + gone.get().undo());
        }
        state.enter(Phase.RESTORING);
        int all = applied.size();
        while (!applied.isEmpty()) {
            String before = all == 1 ? "" : "put back: " + (all - applied.size()) + " of " + all + "; ";
            if (applied.size() < all && cancellation.stopsWrites()) {
                return new Ending(
                        Outcome.CANCELLED, "cancelled meanwhile; " + before + "the rest stays. " + state.undo(applied));
            }
            Execution restoration =
                    restore(applied.getFirst().withWindow(IncidentState.now().plus(window)));
            state.restored(restoration);
            String which = all == 1 ? "it" : "action " + (restoration.action() + 1);
            if (restoration.status() == Execution.Status.UNKNOWN) {
                return new Ending(
                        Outcome.OUTCOME_UNKNOWN,
                        before + "and whether " + which + " was put back is not known: " + restoration.message());
            }
            if (restoration.status() != Execution.Status.APPLIED) {
                return new Ending(
                        Outcome.UNRESOLVED,
                        before + "and " + which + " could not be put back: " + restoration.message());
            }
            applied.pop();
        }
        return new Ending(Outcome.ROLLED_BACK, "what was there before is put back");
    }

    private Execution restore(ExecutionRequest request) {
        try {
            Execution restoration = ActivityStubs.execution("put back what was there before", window)
                    .restore(request);
            return restoration.status() == Execution.Status.UNKNOWN ? Settlement.ofRestoration(request) : restoration;
        } catch (ActivityFailure e) {
            return Unsent.certain(e)
                    ? Unsent.of(
                            request,
                            Execution.Status.NOT_APPLIED,
                            window,
                            "the earlier state was not put back. By hand: "
                                    + state.plan()
                                            .actions()
                                            .get(request.action())
                                            .undo())
                    : Settlement.ofRestoration(request);
        }
    }
}
