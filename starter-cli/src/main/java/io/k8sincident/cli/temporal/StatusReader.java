package io.k8sincident.cli.temporal;

import io.grpc.Context;
import io.grpc.Status;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.IncidentStatus;
import io.temporal.client.WorkflowFailedException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads all that is known of an incident: asks its worker while it is open or if it was cancelled, and the history once
 * it is closed.
 */
public final class StatusReader {
    /**
     * How long a worker may take to answer. After a worker died, the server waits 5 s for it before it asks another one.
     */
    static final long ANSWER_SECONDS = 12;

    private final TemporalConnection connection;

    public StatusReader(TemporalConnection connection) {
        this.connection = connection;
    }

    /**
     * Its status.
     *
     * @throws NoWorkerAnswers if it is open or was cancelled, and no worker answers
     * @throws Problem if it was ended from outside and has no result
     */
    public IncidentStatus read(IncidentEntry entry) {
        // Temporal drops the result of a workflow that was cancelled, whatever it returned: only a worker can tell it.
        return entry.open() || entry.cancelled() ? query(entry) : result(entry);
    }

    private IncidentStatus query(IncidentEntry entry) {
        // The SDK retries a query that nobody answers for a minute, whatever its own timeouts are.
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Context.CancellableContext context =
                Context.current().withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS, clock)) {
            return context.call(
                    () -> connection.stub(entry.workflowId(), entry.runId()).query("status", IncidentStatus.class));
        } catch (RuntimeException e) {
            throw nobodyThere(e) ? new NoWorkerAnswers(entry.workflowId(), e) : e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            clock.shutdownNow();
        }
    }

    private static boolean nobodyThere(RuntimeException failure) {
        Status.Code code = TemporalErrors.status(failure).map(Status::getCode).orElse(Status.Code.OK);
        return code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.CANCELLED
                || code == Status.Code.FAILED_PRECONDITION;
    }

    private IncidentStatus result(IncidentEntry entry) {
        if (!entry.completed()) {
            throw withoutResult(entry);
        }
        try {
            return connection
                    .stub(entry.workflowId(), entry.runId())
                    .getResult(ANSWER_SECONDS, TimeUnit.SECONDS, IncidentStatus.class);
        } catch (WorkflowFailedException | TimeoutException e) {
            throw withoutResult(entry).causedBy(e);
        }
    }

    private static Problem withoutResult(IncidentEntry entry) {
        return Problem.error(
                        entry.workflowId() + " has no result: Temporal says " + entry.ended()
                                + ", so it was ended from outside or failed",
                        "look at run " + entry.runId() + " in Temporal, and at the audit trail in runs/")
                .withUnchanged("what it had changed until then is in the audit trail")
                .withExitCode(ExitCode.UNRESOLVED);
    }
}
