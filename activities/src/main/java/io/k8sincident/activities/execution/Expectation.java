package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.Execution.Status;
import java.util.Optional;

/** Compares an object, as it was just read, with what was approved. */
@FunctionalInterface
interface Expectation {
    /** What differs, in words; empty if nothing does. */
    Optional<String> drift(ObjectNode live);

    /**
     * Nothing may differ.
     *
     * @throws HaltedException if anything does
     */
    default void require(ObjectNode live) {
        drift(live).ifPresent(drift -> {
            throw new HaltedException(Status.STALE, "the target is not what was approved: " + drift);
        });
    }
}
