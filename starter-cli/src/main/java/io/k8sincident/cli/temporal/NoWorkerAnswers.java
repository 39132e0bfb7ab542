package io.k8sincident.cli.temporal;

import io.k8sincident.cli.output.Problem;

/** The incident is open, but no worker answered a query about it in time. */
public final class NoWorkerAnswers extends RuntimeException {
    NoWorkerAnswers(String workflowId, Throwable cause) {
        super("no worker answered for " + workflowId, cause);
    }

    public Problem problem() {
        return Problem.error(
                        getMessage() + " within " + StatusReader.ANSWER_SECONDS
                                + " s; the incident itself is safe in Temporal",
                        "incident worker, then the same command again")
                .causedBy(this);
    }
}
