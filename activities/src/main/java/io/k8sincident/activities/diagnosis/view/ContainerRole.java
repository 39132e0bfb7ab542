package io.k8sincident.activities.diagnosis.view;

/** What a container is in its pod. */
public enum ContainerRole {
    /** Runs to completion before what comes after it. */
    INIT("initContainers", "initContainerStatuses"),
    /** An init container with restartPolicy Always: keeps running beside the others. */
    SIDECAR("initContainers", "initContainerStatuses"),
    MAIN("containers", "containerStatuses");

    private final String specField;
    private final String statusField;

    ContainerRole(String specField, String statusField) {
        this.specField = specField;
        this.statusField = statusField;
    }

    /** The list in the pod's spec that it stands in. */
    public String specField() {
        return specField;
    }

    /** The list in the pod's status that it stands in. */
    public String statusField() {
        return statusField;
    }
}
