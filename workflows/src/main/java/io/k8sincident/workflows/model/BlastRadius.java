package io.k8sincident.workflows.model;

import java.util.List;

/** How far a plan reaches: pods that will be replaced, desired replicas, and other owners that it touches. */
public record BlastRadius(int pods, int replicas, List<String> otherOwners) {
    public BlastRadius {
        otherOwners = List.copyOf(otherOwners);
    }

    /** {@code 2 of 2 pods}. */
    public String describe() {
        String others = otherOwners.isEmpty() ? "" : ", also " + String.join(", ", otherOwners);
        return pods + " pods, " + replicas + " replicas wanted" + others;
    }
}
