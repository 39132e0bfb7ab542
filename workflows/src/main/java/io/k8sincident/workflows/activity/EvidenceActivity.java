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

    /**
     * One look whether the target has recovered. Answers if it has; until then it fails with {@code NOT_YET_HEALTHY},
     * says what is still wrong, and Temporal looks again.
     */
    @ActivityMethod(name = "AwaitRecovery")
    void awaitRecovery(String incident, IncidentRequest request);
}
