package io.k8sincident.cli.temporal;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Revision;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.function.Consumer;

/** Sends what a human says to an open incident. */
public final class SignalSender {
    private final TemporalConnection connection;

    public SignalSender(TemporalConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends a decision as one JSON object.
     *
     * @throws Problem if the incident is closed
     */
    public void decide(IncidentEntry entry, Decision decision) {
        send(entry, stub -> stub.signal("decide", decision));
    }

    /**
     * Sends a revision as one JSON object.
     *
     * @throws Problem if the incident is closed
     */
    public void revise(IncidentEntry entry, Revision revision) {
        send(entry, stub -> stub.signal("revise", revision));
    }

    /**
     * Asks the incident to end.
     *
     * @throws Problem if it is closed
     */
    public void cancel(IncidentEntry entry, String reason) {
        send(entry, stub -> stub.cancel(reason));
    }

    private void send(IncidentEntry entry, Consumer<WorkflowStub> send) {
        if (!entry.open()) {
            throw closed(entry);
        }
        try {
            send.accept(connection.stub(entry.workflowId(), entry.runId()));
        } catch (WorkflowNotFoundException e) {
            throw closed(new IncidentReader(connection).refresh(entry)).causedBy(e);
        }
    }

    /** Why nothing can be said to a closed incident any more. */
    public Problem closed(IncidentEntry entry) {
        return Problem.refused(
                "the incident is closed (" + outcome(entry) + ")",
                "incident show " + entry.name().arguments() + "; a new one: incident start "
                        + entry.name().arguments());
    }

    private String outcome(IncidentEntry entry) {
        if (entry.cancelled()) {
            return Outcome.CANCELLED.name();
        }
        if (!entry.completed()) {
            return entry.ended();
        }
        IncidentStatus status = new StatusReader(connection).read(entry);
        return status.outcome() == null ? entry.ended() : status.outcome().name();
    }
}
