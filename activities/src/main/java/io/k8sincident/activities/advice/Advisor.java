package io.k8sincident.activities.advice;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;

/** Somebody who may be asked about a diagnosis: a model. Thread-safe. */
public interface Advisor {
    /**
     * Asks, and checks the answer. Takes no longer than the deadline of {@link AdviceSettings}, waiting for a turn
     * included. Whatever is wrong with the model, its server or its answer is said in the advice
     * ({@code UNAVAILABLE}); an interrupt ends it at once in the same way, and stays set.
     *
     * @param diagnosis made from this snapshot, in full: not the shortened one of a workflow history
     * @param progress told on the calling thread at least once a second; what it throws stops the model and is passed on
     */
    Advice advise(Snapshot snapshot, Diagnosis diagnosis, Progress.Listener progress);
}
