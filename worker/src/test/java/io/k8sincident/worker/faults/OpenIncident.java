package io.k8sincident.worker.faults;

import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verdict;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One incident and the people who deal with it. */
final class OpenIncident {
    private static final String UNKNOWN_PLAN = "sha256:" + "0".repeat(64);

    private static final Set<String> ENDS = Set.of(
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED.name(),
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED.name());

    private static final Duration VALIDITY = Duration.ofMinutes(20);

    private final WorkflowClient client;
    private final Approvers approvers;
    private final WorkflowStub workflow;
    private final String cluster;
    private final String id;
    private final Target target;
    private final Course course;
    private final Runnable edit;
    private final Set<String> approvedDigests = new HashSet<>();
    private int strays;
    private int decisions;
    private long seen;
    private Phase phase = Phase.COLLECTING;
    private boolean edited;
    private @Nullable String before;
    private Optional<IncidentStatus> end = Optional.empty();

    /**
     * Starts it.
     *
     * @param strays how many decisions that cannot count are sent before the one that does
     * @param edit changes the object as somebody else would
     */
    OpenIncident(
            WorkflowClient client,
            Approvers approvers,
            String cluster,
            Target target,
            Course course,
            int strays,
            Runnable edit) {
        this.client = client;
        this.approvers = approvers;
        this.cluster = cluster;
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
                course.typed(),
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

    /** Whether a plan of it is approved and, as far as was seen, not yet carried out. */
    boolean isBeforeItsWrite() {
        return !approvedDigests.isEmpty() && phase.compareTo(Phase.VERIFYING) < 0;
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
            phase = status.phase();
            if (phase == Phase.CLOSED) {
                // A cancelled workflow has no result; its last answer is the same.
                end = ENDS.contains(step().last()) ? Optional.of(status) : Optional.empty();
            } else if (phase == Phase.AWAITING_APPROVAL && status.rulings().size() >= decisions) {
                decide(status);
            }
            seen = length;
        } catch (WorkflowServiceException e) {
            // Nobody answers: it is looked at again.
        }
    }

    @Override
    public String toString() {
        return id + " " + course + " "
                + end.map(IncidentStatus::outcome).map(Outcome::name).orElse("open");
    }

    private void decide(IncidentStatus status) {
        Proposal proposal = Objects.requireNonNull(status.proposal());
        String digest = Objects.requireNonNull(proposal.digest());
        if (strays > 0) {
            strays--;
            send(status, Verdict.APPROVE, UNKNOWN_PLAN);
            return;
        }
        switch (course) {
            case APPROVED, EVICTED, BROKEN_GLASS, RESTORED -> approve(status, digest);
            case REJECTED -> send(status, Verdict.REJECT, digest);
            case OVERTAKEN -> {
                if (!edited) {
                    edited = true;
                    edit.run();
                }
                approve(status, digest);
            }
            case REVISED -> {
                if (before == null) {
                    before = digest;
                    workflow.signal("revise", Map.of("version", 1, "values", List.of(Course.revised())));
                } else if (!before.equals(digest)) {
                    approve(status, digest);
                }
            }
            case CANCELLED -> workflow.cancel();
            case IGNORED, PROPOSED, FORBIDDEN -> {}
        }
    }

    private void approve(IncidentStatus status, String digest) {
        approvedDigests.add(digest);
        send(status, Verdict.APPROVE, digest);
    }

    private void send(IncidentStatus status, Verdict verdict, String digest) {
        String clusterUid = Objects.requireNonNull(
                Objects.requireNonNull(Objects.requireNonNull(status.proposal()).terms())
                        .clusterUid());
        boolean breaks = course == Course.BROKEN_GLASS;
        decisions++;
        workflow.signal(
                "decide",
                approvers.signed(
                        new Decision(
                                1,
                                // An id is used once, whatever it decides.
                                object() + "-" + decisions,
                                cluster,
                                id,
                                status.runId(),
                                digest,
                                verdict,
                                breaks ? Approvers.GLASS_BREAKER : Approvers.nextApprover(decisions),
                                "practice",
                                Instant.now().plus(VALIDITY).truncatedTo(ChronoUnit.SECONDS),
                                null,
                                breaks ? "the practice must go on" : null),
                        clusterUid));
    }
}
