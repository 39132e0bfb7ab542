package io.k8sincident.workflows.model;

/** Whether an incident ends with the plan or waits for an approval. */
public enum Mode {
    PROPOSE,
    REMEDIATE
}
