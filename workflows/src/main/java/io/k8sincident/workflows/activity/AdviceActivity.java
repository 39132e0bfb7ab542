package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Target;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Asks a model about a diagnosis. Reads the stored snapshot only, changes nothing, and decides nothing. */
@ActivityInterface
public interface AdviceActivity {
    /**
     * What the model says, checked against the evidence. That there is no model, or none that answers in time, is an
     * answer ({@code UNAVAILABLE}) and does not fail the activity. Heartbeats about once a second; cancelling it stops
     * the model.
     */
    @ActivityMethod(name = "Advise")
    Advice advise(AdviceRequest request);

    /**
     * What is asked about.
     *
     * @param target the incident's object, as the evidence activity answered it
     * @param snapshotDigest the investigation's snapshot in the blob store
     */
    record AdviceRequest(String incident, String runId, Target target, String snapshotDigest) {}
}
