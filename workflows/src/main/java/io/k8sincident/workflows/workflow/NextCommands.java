package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person may type next, so that every screen and every refusal can say it. */
final class NextCommands {
    private NextCommands() {}

    static List<String> of(
            String workflowId, IncidentRequest request, @Nullable Proposal proposal, @Nullable Outcome outcome) {
        if (outcome == null) {
            return open(workflowId, proposal);
        }
        return switch (outcome) {
            case PROPOSED -> List.of("incident plan " + workflowId, start(request.target(), " --mode remediate"));
            case NO_SAFE_ACTION -> List.of("incident evidence " + workflowId, "incident show " + workflowId);
            case BLOCKED -> List.of("incident plan " + workflowId, "incident show " + workflowId);
            case EXPIRED, STALE, CANCELLED -> List.of(start(request.target(), " --mode remediate"));
            case HEALTHY, REJECTED, RESOLVED, ROLLED_BACK, FAILED -> List.of("incident show " + workflowId);
            case UNRESOLVED, OUTCOME_UNKNOWN -> undo(workflowId, proposal);
        };
    }

    private static List<String> open(String workflowId, @Nullable Proposal proposal) {
        String digest = proposal == null ? null : proposal.digest();
        if (digest == null) {
            return List.of("incident watch " + workflowId);
        }
        return List.of(
                "incident plan " + workflowId,
                "incident approve " + workflowId + " --digest " + digest,
                "incident reject " + workflowId + " --digest " + digest + " --reason '…'");
    }

    private static List<String> undo(String workflowId, @Nullable Proposal proposal) {
        Plan plan = proposal == null ? null : proposal.plan();
        return plan == null
                ? List.of("incident show " + workflowId)
                : plan.actions().stream().map(action -> action.undo()).toList();
    }

    private static String start(Target target, String options) {
        String namespace = target.namespace() == null ? "" : " -n " + target.namespace();
        return "incident start " + target.typed() + namespace + options;
    }
}
