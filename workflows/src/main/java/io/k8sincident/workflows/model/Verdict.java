package io.k8sincident.workflows.model;

/** What a human says to a plan. */
public enum Verdict {
    APPROVE,
    REJECT
}
