package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Reads the cluster and recognises causes. Never writes. */
@ActivityInterface
public interface EvidenceActivity {
    /**
     * Collects a bounded, redacted snapshot of the target's surroundings and diagnoses it. What cannot be read is
     * labelled in the answer and does not fail the activity.
     */
    @ActivityMethod(name = "CollectEvidence")
    Investigation collect(String incident, IncidentRequest request);

    /** Whether the target is healthy now; read while a plan waits, to end what has recovered by itself. */
    @ActivityMethod(name = "CheckStillFailing")
    boolean recovered(String incident, IncidentRequest request);
}
