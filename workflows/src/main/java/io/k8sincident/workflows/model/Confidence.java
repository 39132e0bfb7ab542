package io.k8sincident.workflows.model;

/** From the kind of evidence, never a number: a status or event that says so, an inference, or nothing. */
public enum Confidence {
    PROVEN,
    LIKELY,
    NONE
}
