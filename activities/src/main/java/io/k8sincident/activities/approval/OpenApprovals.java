package io.k8sincident.activities.approval;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The recorded approvals of one plan in one run that were not enough alone. One that made the plan go ahead uses up itself and
 * all those before it, for good.
 *
 * @param open those that still count, beside the decision that they are counted with
 * @param usedUp the ids of those that counted once and do no more
 */
record OpenApprovals(List<ChainedEntry> open, Set<String> usedUp) {
    /**
     * Which approvals are meant.
     *
     * @param decisionId of the decision that they are counted with; ruling on it twice is ruling on it once
     * @param before only what stands before this in the trail counts
     */
    record Of(String incident, String runId, String planDigest, String decisionId, Purpose purpose, long before) {
        private boolean means(ChainedEntry entry) {
            return entry.sequence() < before
                    && entry.runId().equals(runId)
                    && entry.detail("planDigest").equals(planDigest)
                    && entry.detail("verdict").equals(Verdict.APPROVE.name());
        }
    }

    static OpenApprovals find(Of wanted, AuditTrail trail) {
        List<ChainedEntry> open = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        Set<String> usedUp = new HashSet<>();
        for (ChainedEntry entry : trail.find(wanted.incident(), RulingActivityImpl.RULED)) {
            if (!wanted.means(entry)) {
                continue;
            }
            String id = entry.detail("decisionId");
            boolean own = id.equals(wanted.decisionId());
            if (entry.detail("reason").equals(Reason.NOT_CHECKED.name())) {
                // The incident gave up ruling on it, and told its approver that it does not count.
                waiting.remove(id);
                open.removeIf(earlier -> earlier.detail("decisionId").equals(id));
            } else if (entry.detail("reason").equals(Reason.ACCEPTED.name()) && !own) {
                usedUp.add(id);
                usedUp.addAll(waiting);
                waiting.clear();
                open.clear();
            } else if (entry.detail("reason").equals(Reason.QUORUM_INCOMPLETE.name())) {
                waiting.add(id);
                if (!own
                        && !usedUp.contains(id)
                        && GlassRecords.attempted(entry) == (wanted.purpose() == Purpose.BREAK_GLASS)) {
                    open.add(entry);
                }
            }
        }
        return new OpenApprovals(List.copyOf(open), Set.copyOf(usedUp));
    }
}
