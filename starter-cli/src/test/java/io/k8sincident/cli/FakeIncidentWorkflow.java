package io.k8sincident.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.IncidentWorkflow;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident without a cluster: it has its plan at once, refuses an approver named mallory, wants another one after one named first, takes any other decision on
 * the open plan, and makes a new digest for a revision. One that somebody named strict asked for needs signatures.
 */
public final class FakeIncidentWorkflow implements IncidentWorkflow {
    private final IncidentRequest request;
    private final List<Ruling> rulings = new ArrayList<>();
    private Proposal proposal = Incidents.proposal();
    private @Nullable Outcome outcome;

    @WorkflowInit
    public FakeIncidentWorkflow(IncidentRequest request) {
        this.request = request;
        if (request.requester().name().equals("strict")) {
            proposal = Incidents.strictProposal();
        }
    }

    @Override
    public IncidentStatus run(IncidentRequest unused) {
        if (Workflow.getTypedSearchAttributes().containsKey(IncidentSearchAttributes.PHASE)) {
            Workflow.upsertTypedSearchAttributes(
                    IncidentSearchAttributes.PHASE.valueSet(Phase.AWAITING_APPROVAL.name()),
                    IncidentSearchAttributes.CAUSE.valueSet("bad-command"),
                    IncidentSearchAttributes.RISK.valueSet("LOW"));
        }
        if (request.mode() == Mode.PROPOSE) {
            outcome = Outcome.PROPOSED;
            return status();
        }
        try {
            Workflow.await(() -> outcome != null);
        } catch (CanceledFailure cancelled) {
            outcome = Outcome.CANCELLED;
        }
        return status();
    }

    @Override
    public void decide(RawValue decision) {
        JsonNode json = json(decision);
        Verdict verdict = Verdict.valueOf(json.path("verdict").asText());
        String approver = json.path("approver").asText();
        boolean first = approver.equals("first");
        boolean unsigned = proposal.terms() != null && json.path("proof").isMissingNode();
        boolean refused = approver.equals("mallory") || unsigned;
        rulings.add(new Ruling(
                json.path("decisionId").asText(),
                verdict,
                Person.unverified(approver),
                first ? Ruling.Reason.QUORUM_INCOMPLETE : refused ? Ruling.Reason.NOT_ALLOWED : Ruling.Reason.ACCEPTED,
                refused ? "mallory may not; nothing was changed" : "as asked",
                "sha256:d",
                Instant.ofEpochMilli(Workflow.currentTimeMillis()),
                json.has("breakGlass")
                        ? broken(approver, json.path("breakGlass").asText())
                        : null));
        if (!refused && !first) {
            outcome = verdict == Verdict.APPROVE ? Outcome.RESOLVED : Outcome.REJECTED;
        }
    }

    private static BreakGlass broken(String approver, String why) {
        return new BreakGlass(
                why,
                List.of(approver),
                List.of(new BreakGlass.Lifted(Lift.FREEZE, "policy.yaml:9", "freeze 'night' holds until 06:00")));
    }

    @Override
    public void revise(RawValue revision) {
        json(revision);
        proposal = Incidents.proposal("sha256:" + "9".repeat(64));
    }

    @Override
    public IncidentStatus status() {
        return new IncidentStatus(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getRunId(),
                request,
                outcome == null ? Phase.AWAITING_APPROVAL : Phase.CLOSED,
                Incidents.OPENED,
                Incidents.investigation(),
                proposal,
                List.of(),
                Incidents.OPENED.plusSeconds(1802),
                rulings,
                List.of(),
                null,
                null,
                outcome,
                outcome == null ? "" : "as the test wished",
                List.of(),
                null,
                request.advice() == null ? null : Incidents.advice());
    }

    private static JsonNode json(RawValue value) {
        try {
            return WireFormat.mapper().readTree(value.getPayload().getData().toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
