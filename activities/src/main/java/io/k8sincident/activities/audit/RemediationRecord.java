package io.k8sincident.activities.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a remediation for people and programs that know nothing of us: one JSON file.
 *
 * @param timestamp of the first answer of the cluster
 * @param action in snake case, several joined by commas
 * @param target {@code deploy/crashy}
 * @param approved whether an accepted ruling allowed it; not where it was rejected, or revised, before anything was sent
 * @param result {@code success}, {@code rolled_back}, {@code failed} or {@code unknown}
 * @param breakGlass present if it went ahead against the policy: the section to be reviewed
 * @param approver as described, with {@code (unverified)} where no proof was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RemediationRecord(
        Instant timestamp,
        @Nullable String namespace,
        String action,
        String target,
        boolean approved,
        String result,
        @Nullable Outcome outcome,
        String reason,
        String incident,
        String runId,
        String cluster,
        String cause,
        String risk,
        @Nullable String planDigest,
        String evidenceDigest,
        String policyDigest,
        String policyLine,
        String requester,
        @Nullable String approver,
        @Nullable String decisionId,
        @Nullable BrokenGlass breakGlass,
        List<Change> changes,
        List<Execution> executions,
        @Nullable Verification verification,
        @Nullable Execution restoration) {

    /** Who went ahead against which lines of the policy; whether it was reviewed stands in the trail. */
    record BrokenGlass(String title, List<String> by, String why, List<BreakGlass.Lifted> lifted, String next) {
        static BrokenGlass of(BreakGlass broken) {
            return new BrokenGlass(
                    "Break-glass: review needed", broken.by(), broken.why(), broken.lifted(), "incident audit review");
        }
    }

    /** One action with what it changed and how it is undone. */
    record Change(String description, String diff, String diffFrom, String preImage, String postImage, String undo) {
        static Change of(PlannedAction planned) {
            return new Change(
                    planned.action().describe(),
                    planned.diff(),
                    planned.diffFrom(),
                    planned.preImageDigest(),
                    planned.postImageDigest(),
                    planned.undo());
        }
    }

    /** The record of an incident; empty if nothing was tried to be sent to the cluster for it. */
    static Optional<RemediationRecord> of(IncidentStatus status) {
        if (status.executions().isEmpty()
                || status.proposal() == null
                || status.proposal().plan() == null) {
            return Optional.empty();
        }
        Plan plan = status.proposal().plan();
        Optional<Ruling> acceptance = CountedApproval.of(status, plan);
        return Optional.of(new RemediationRecord(
                status.executions().get(0).at(),
                plan.target().namespace(),
                String.join(
                        ",",
                        plan.actions().stream()
                                .map(planned -> planned.action().recordName())
                                .toList()),
                shortName(plan.target()),
                acceptance.isPresent(),
                result(status.outcome(), status.verification()),
                status.outcome(),
                status.reason(),
                status.workflowId(),
                status.runId(),
                plan.cluster(),
                plan.cause(),
                plan.risk().name(),
                status.proposal().digest(),
                plan.evidenceDigest(),
                plan.policyDigest(),
                plan.policyLine(),
                plan.requester().describe(),
                acceptance.map(ruling -> ruling.approver().describe()).orElse(null),
                acceptance.map(Ruling::decisionId).orElse(null),
                acceptance.map(Ruling::breakGlass).map(BrokenGlass::of).orElse(null),
                plan.actions().stream().map(Change::of).toList(),
                status.executions(),
                status.verification(),
                status.restoration()));
    }

    /** A cancelled incident is still verified: what it did may have helped. */
    private static String result(@Nullable Outcome outcome, @Nullable Verification verification) {
        if (outcome == null || outcome == Outcome.OUTCOME_UNKNOWN) {
            return "unknown";
        }
        return switch (outcome) {
            case RESOLVED -> "success";
            case ROLLED_BACK -> "rolled_back";
            case CANCELLED -> verification != null && verification.recovered() ? "success" : "failed";
            default -> "failed";
        };
    }

    /** The short names of {@code kubectl api-resources}. */
    private static String shortName(Target target) {
        String kind =
                switch (target.kind()) {
                    case "Deployment" -> "deploy";
                    case "StatefulSet" -> "sts";
                    case "DaemonSet" -> "ds";
                    case "ReplicaSet" -> "rs";
                    default -> target.kind().toLowerCase(java.util.Locale.ROOT);
                };
        return kind + "/" + target.name();
    }
}
