package io.k8sincident.activities.execution;

import io.k8sincident.activities.kubernetes.WriteAnswer;
import org.jspecify.annotations.Nullable;

/** What is asked of the API server: the part in which a patch and an eviction differ. The protocol around it is the same. */
sealed interface Request permits PatchRequest, EvictionRequest {
    /** How often it may be sent, each time after the API server has certainly not done it before. */
    int sends();

    /**
     * Reads, compares with what was approved, and makes what is to be sent.
     *
     * @param conflict what came of the send before; null before the first
     * @throws HaltedException if it must not be sent
     */
    Attempt attempt(@Nullable Conflict conflict);

    /** Sends it once. */
    WriteAnswer send(Attempt.Ready ready);

    /** Why it ends after the last conflict that it may meet. */
    HaltedException contested(Conflict conflict);

    /** By what it is found out afterwards whether it was carried out. */
    Trace trace();
}
