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
 * The recorded approvals of one plan in one run that were not enough alone. One that made the plan go ahead uses up all
 * those before it, for good.
 *
 * @param decisionId of the decision that they are counted with; entries of its own do not count
 */
record OpenApprovals(String incident, String runId, String planDigest, String decisionId, Purpose purpose) {

    /** @param sequence only what stands before it in the trail counts */
    List<ChainedEntry> before(long sequence, AuditTrail trail) {
        List<ChainedEntry> open = new ArrayList<>();
        Set<String> usedUp = new HashSet<>();
        for (ChainedEntry entry : trail.find(incident, RulingActivityImpl.RULED)) {
            if (entry.sequence() >= sequence || !approvesThis(entry)) {
                continue;
            }
            if (entry.detail("reason").equals(Reason.ACCEPTED.name())) {
                open.forEach(each -> usedUp.add(each.detail("decisionId")));
                open.clear();
            } else if (entry.detail("reason").equals(Reason.QUORUM_INCOMPLETE.name())
                    && GlassRecords.attempted(entry) == (purpose == Purpose.BREAK_GLASS)
                    && !usedUp.contains(entry.detail("decisionId"))) {
                open.add(entry);
            }
        }
        return open;
    }

    private boolean approvesThis(ChainedEntry entry) {
        return entry.runId().equals(runId)
                && entry.detail("planDigest").equals(planDigest)
                && entry.detail("verdict").equals(Verdict.APPROVE.name())
                && !entry.detail("decisionId").equals(decisionId);
    }
}
