package io.k8sincident.workflows.workflow;

/** The two task queues, so that two processes with two ServiceAccounts can serve them. */
public final class TaskQueues {
    /** The workflow and the activities that read. */
    public static final String INCIDENTS = "incidents";

    /** The activities that write to the cluster. */
    public static final String EXECUTION = "incident-execution";

    private TaskQueues() {}
}
