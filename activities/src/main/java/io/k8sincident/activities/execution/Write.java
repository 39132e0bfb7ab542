package io.k8sincident.activities.execution;

import io.k8sincident.workflows.model.Execution.Status;
import java.time.Instant;

/**
 * One write that may be sent.
 *
 * @param mark the plan and the action that it carries out
 * @param windowEnds when the approval no longer covers it
 * @param givenUp when Temporal no longer waits for this attempt, and others may have settled that it was not applied
 */
record Write(String mark, Request request, Instant windowEnds, Instant givenUp) {
    /** @throws HaltedException if it is too late to send it */
    void requireTimely(Instant now) {
        if (!now.isBefore(windowEnds)) {
            throw new HaltedException(Status.WINDOW_LAPSED, "the execution window ended at " + windowEnds);
        }
        if (!now.isBefore(givenUp)) {
            throw new HaltedException(
                    Status.NOT_APPLIED, "this attempt was held up for so long that it was given up at " + givenUp);
        }
    }
}
