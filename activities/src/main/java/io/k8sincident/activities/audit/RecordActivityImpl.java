package io.k8sincident.activities.audit;

import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.workflows.activity.RecordActivity;
import io.k8sincident.workflows.model.IncidentStatus;
import java.nio.file.Path;
import java.util.Map;

/** Appends to the trail, and writes the remediation record at the end. Thread-safe. */
public final class RecordActivityImpl implements RecordActivity {
    /** The event of an incident that has ended, whatever its outcome. */
    public static final String CLOSED = "incident_closed";

    private final AuditTrail trail;
    private final RecordFiles records;

    /** @param runs the directory of the remediation records */
    public RecordActivityImpl(AuditTrail trail, Path runs) {
        this.trail = trail;
        this.records = new RecordFiles(runs);
    }

    @Override
    public void record(TrailEvent event) {
        ActivityFailures.translated(() -> trail.append(new TrailEntry(
                event.incident(), event.runId(), event.actor(), event.event(), Map.of("detail", event.detail()))));
    }

    @Override
    public String close(IncidentStatus status) {
        return ActivityFailures.translated(() -> {
            String path = RemediationRecord.of(status)
                    .map(remediation -> records.write(remediation).toString())
                    .orElse("");
            if (!closed(status)) {
                trail.append(closing(status, path));
            }
            return path;
        });
    }

    /** Whether an earlier attempt got as far as the trail. */
    private boolean closed(IncidentStatus status) {
        return trail.find(status.workflowId(), CLOSED).stream()
                .anyMatch(entry -> entry.runId().equals(status.runId()));
    }

    private static TrailEntry closing(IncidentStatus status, String path) {
        return TrailEntry.of(
                status.workflowId(),
                status.runId(),
                CLOSED,
                Map.of(
                        "outcome", String.valueOf(status.outcome()),
                        "reason", status.reason(),
                        "record", path));
    }
}
