package io.k8sincident.worker.config;

import io.k8sincident.workflows.workflow.TaskQueues;

/** What a worker process does. In production processes with ServiceAccounts of their own have one role each. */
public enum Role {
    /** Runs the workflow and every activity that only reads. */
    READER(TaskQueues.INCIDENTS),
    /** Runs the activities that write to the cluster. */
    EXECUTOR(TaskQueues.EXECUTION),
    /** Asks a model where an incident wishes it; needs no right in the cluster, and connects to nothing before. */
    ADVISER(TaskQueues.ADVICE);

    private final String taskQueue;

    Role(String taskQueue) {
        this.taskQueue = taskQueue;
    }

    public String taskQueue() {
        return taskQueue;
    }
}
