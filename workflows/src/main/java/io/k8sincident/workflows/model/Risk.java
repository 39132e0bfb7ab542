package io.k8sincident.workflows.model;

/** The risk of an action; ordered from low to high. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH;

    /** Whether this risk is above the highest that is allowed. */
    public boolean exceeds(Risk highest) {
        return compareTo(highest) > 0;
    }

    /** The higher of the two. */
    public Risk or(Risk other) {
        return exceeds(other) ? this : other;
    }
}
