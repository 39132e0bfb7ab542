package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.workflows.model.Target;

/** What a request came to once its object was read. */
sealed interface Attempt {
    /** Nothing is to be sent: the object shows that it was carried out. */
    record Done(Settled settled) implements Attempt {}

    /**
     * It may be sent.
     *
     * @param object that it is sent to
     * @param uid of the object, as it was read
     * @param resourceVersion likewise
     * @param generation likewise
     */
    record Ready(Target object, String uid, String resourceVersion, long generation, ObjectNode body)
            implements Attempt {}
}
