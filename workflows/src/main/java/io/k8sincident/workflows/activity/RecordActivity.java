package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.IncidentStatus;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Appends to the audit trail and writes the final record. Retried without limit: no record means no write. */
@ActivityInterface
public interface RecordActivity {
    /** Appends one entry for something that happened in the workflow itself. */
    @ActivityMethod(name = "RecordEvent")
    void record(TrailEvent event);

    /**
     * Appends the closing entry and, if something was executed, writes the remediation record once.
     *
     * @return path of the remediation record, empty if nothing was executed
     */
    @ActivityMethod(name = "WriteRecord")
    String close(IncidentStatus status);

    /**
     * One thing that happened.
     *
     * @param event what happened, in snake case, such as {@code incident_opened} or {@code approval_expired} */
    record TrailEvent(String incident, String runId, String event, String actor, String detail) {}
}
