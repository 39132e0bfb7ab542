package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.plan.Change;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * One write that may be sent.
 *
 * @param mark the plan annotation that will prove it
 * @param expectation says what of the object, as it was just read, is not as approved
 * @param windowEnds when the approval no longer covers it
 * @param givenUp when Temporal no longer waits for this attempt, and others may have settled that it was not applied
 */
record Write(String mark, Target target, Expectation expectation, Change change, Instant windowEnds, Instant givenUp) {
    /** Compares an object with what was approved. */
    @FunctionalInterface
    interface Expectation {
        /** What differs, in words; empty if nothing does. */
        Optional<String> drift(ObjectNode live);
    }

    /** The object after the change, with the mark. */
    ObjectNode desired(ObjectNode live) {
        ObjectNode desired = change.of(live);
        desired.withObjectProperty("metadata").withObjectProperty("annotations").put(ObjectImage.PLAN_ANNOTATION, mark);
        return desired;
    }

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

    static String markOf(ObjectNode live) {
        return live.path("metadata")
                .path("annotations")
                .path(ObjectImage.PLAN_ANNOTATION)
                .asText();
    }
}
