package io.k8sincident.activities.audit;

import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which of an incident's rulings its remediation rests on. */
final class CountedApproval {
    private CountedApproval() {}

    /**
     * The approval under which something was sent; there is one at most, since what was sent ends the waiting. Where
     * nothing was, the one under which that was last tried, unless somebody rejected the plan or revised it since.
     */
    static Optional<Ruling> of(IncidentStatus status, Plan plan) {
        List<Ruling> accepted =
                status.rulings().stream().filter(Ruling::accepted).toList();
        List<Ruling> approvals = accepted.stream()
                .filter(ruling -> ruling.verdict() == Verdict.APPROVE)
                .toList();
        if (!status.executions().stream().allMatch(CountedApproval::changedNothing)) {
            return last(approvals);
        }
        boolean rejected = accepted.stream().anyMatch(ruling -> ruling.verdict() == Verdict.REJECT);
        Instant tried = status.executions().get(status.executions().size() - 1).at();
        return rejected
                ? Optional.empty()
                : last(approvals.stream()
                                .filter(ruling -> !ruling.at().isAfter(tried))
                                .toList())
                        .filter(ruling -> !ruling.at().isBefore(plan.createdAt()));
    }

    /** After these a plan waits on. */
    private static boolean changedNothing(Execution execution) {
        return switch (execution.status()) {
            case BLOCKED, WINDOW_LAPSED, NOT_APPLIED -> true;
            case APPLIED, REFUSED, STALE, UNKNOWN -> false;
        };
    }

    private static Optional<Ruling> last(List<Ruling> rulings) {
        return rulings.isEmpty() ? Optional.empty() : Optional.of(rulings.get(rulings.size() - 1));
    }
}
