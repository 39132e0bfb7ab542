package io.k8sincident.workflows.model;

/** Where an incident is; search attribute {@code IncidentPhase}. */
public enum Phase {
    COLLECTING,
    PROPOSING,
    AWAITING_APPROVAL,
    EXECUTING,
    VERIFYING,
    RESTORING,
    CLOSED
}
