package io.k8sincident.worker.faults;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One incident and the people who deal with it. */
final class OpenIncident {
    private static final String UNKNOWN_PLAN = "sha256:" + "0".repeat(64);

    private static final Set<String> ENDS = Set.of(
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED.name(),
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED.name());

    private final WorkflowClient client;
    private final WorkflowStub workflow;
    private final String id;
    private final Target target;
    private final Course course;
    private final Runnable edit;
    private final Set<String> approvedDigests = new HashSet<>();
    private int strays;
    private int decisions;
    private long seen;
    private boolean edited;
    private Optional<IncidentStatus> end = Optional.empty();

    /**
     * Starts it.
     *
     * @param strays how many decisions that cannot count are sent before the one that does
     * @param edit changes the object as somebody else would
     */
    OpenIncident(WorkflowClient client, String cluster, Target target, Course course, int strays, Runnable edit) {
        this.client = client;
        this.id = IncidentId.of(cluster, target);
        this.target = target;
        this.course = course;
        this.strays = strays;
        this.edit = edit;
        this.workflow = client.newUntypedWorkflowStub(
                "Incident",
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(TaskQueues.INCIDENTS)
                        .setTypedSearchAttributes(IncidentSearchAttributes.atStart(target))
                        .build());
        var unused = workflow.start(new IncidentRequest(
                cluster,
                target,
                course.mode(),
                Person.unverified("olga"),
                List.of(),
                course.approvalTimeout(),
                IncidentRequest.DEFAULT_WINDOW));
    }

    /** How far it has got; with its id a step that is like no other. */
    record Step(String incident, int events, String last) {}

    Step step() {
        List<HistoryEvent> events = client.fetchHistory(id).getEvents();
        return new Step(
                id, events.size(), events.get(events.size() - 1).getEventType().name());
    }

    Course course() {
        return course;
    }

    String object() {
        return Objects.requireNonNull(target.name());
    }

    /** The plans that somebody has approved. */
    Set<String> approvedDigests() {
        return approvedDigests;
    }

    /** How it ended, once it has. */
    Optional<IncidentStatus> end() {
        return end;
    }

    /**
     * Looks at it and does what is due; nothing if no worker answers now. Where nothing has happened since the last look
     * no worker is asked: each answer is a replay of the whole history.
     */
    void attend() {
        try {
            long length = workflow.describe().getHistoryLength();
            if (length == seen) {
                return;
            }
            IncidentStatus status = workflow.query("status", IncidentStatus.class);
            if (status.phase() == Phase.CLOSED) {
                // A cancelled workflow has no result; its last answer is the same.
                end = ENDS.contains(step().last()) ? Optional.of(status) : Optional.empty();
            } else if (status.phase() == Phase.AWAITING_APPROVAL
                    && status.rulings().size() >= decisions) {
                decide(Objects.requireNonNull(
                        Objects.requireNonNull(status.proposal()).digest()));
            }
            seen = length;
        } catch (WorkflowServiceException e) {
            // Nobody answers: it is looked at again.
        }
    }

    private void decide(String digest) {
        if (strays > 0) {
            strays--;
            send("APPROVE", UNKNOWN_PLAN);
            return;
        }
        switch (course) {
            case APPROVED -> approve(digest);
            case REJECTED -> send("REJECT", digest);
            case OVERTAKEN -> {
                if (!edited) {
                    edited = true;
                    edit.run();
                }
                approve(digest);
            }
            case CANCELLED -> workflow.cancel();
            case IGNORED, PROPOSED -> {}
        }
    }

    private void approve(String digest) {
        approvedDigests.add(digest);
        send("APPROVE", digest);
    }

    private void send(String verdict, String digest) {
        decisions++;
        workflow.signal(
                "decide",
                Map.of(
                        "version",
                        1,
                        "decisionId",
                        // An id is used once, whatever it decides.
                        object() + "-" + decisions,
                        "planDigest",
                        digest,
                        "verdict",
                        verdict,
                        "approver",
                        "dana",
                        "reason",
                        "practice"));
    }
}
