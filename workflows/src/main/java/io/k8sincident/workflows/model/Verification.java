package io.k8sincident.workflows.model;

import java.time.Instant;
import java.util.List;

/** Whether the workload recovered, and by what that was seen. */
public record Verification(boolean recovered, String message, List<String> observations, Instant at) {
    public Verification {
        observations = List.copyOf(observations);
    }
}
