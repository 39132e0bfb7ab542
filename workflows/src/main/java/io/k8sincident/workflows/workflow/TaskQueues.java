package io.k8sincident.workflows.workflow;

/** The task queues, so that processes with ServiceAccounts of their own can serve them. */
public final class TaskQueues {
    /** The workflow and the activities that read. */
    public static final String INCIDENTS = "incidents";

    /** The activities that write to the cluster. */
    public static final String EXECUTION = "incident-execution";

    /** The activity that asks a model: slow, few at a time, and without any right in the cluster. */
    public static final String ADVICE = "incident-advice";

    private TaskQueues() {}
}
