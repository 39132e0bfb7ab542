package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;

/**
 * Turns a snapshot into diagnoses: deterministic (the same snapshot gives the same bytes), without I/O, clock or
 * randomness. Thread-safe.
 */
public interface Diagnostician {
    /** One diagnosis for each incident in the snapshot, offers included; none for what is healthy. */
    List<Diagnosis> diagnose(Snapshot snapshot);
}
