package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Rule;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks every rule about every workload that is in trouble, ranks the findings of each, merges those of one common cause,
 * and abstains for a workload whose trouble no rule explains.
 */
public final class RuleDiagnostician implements Diagnostician {
    private final List<Rule> rules;
    private final OfferSource offers;

    /** Applies these rules and asks for offers about what they find. */
    public RuleDiagnostician(List<Rule> rules, OfferSource offers) {
        this.rules = List.copyOf(rules);
        this.offers = offers;
    }

    @Override
    public List<Diagnosis> diagnose(Snapshot snapshot) {
        ClusterView cluster = new ClusterView(snapshot);
        List<Incident> incidents = new ArrayList<>();
        for (WorkloadView workload : Workloads.of(cluster)) {
            if (!workload.troubles().isEmpty()) {
                incidents.add(new Incident(workload, Ranking.ranked(workload, findings(workload))));
            }
        }
        Map<Incident, List<String>> roots = Cascades.roots(incidents);
        return CommonCauses.merged(List.copyOf(roots.keySet())).stream()
                .map(group -> DiagnosisWriter.write(snapshot, group, consequences(group, roots), offers))
                .toList();
    }

    private static List<String> consequences(List<Incident> group, Map<Incident, List<String>> roots) {
        return group.stream()
                .flatMap(incident -> roots.getOrDefault(incident, List.of()).stream())
                .distinct()
                .toList();
    }

    private List<Finding> findings(WorkloadView workload) {
        return rules.stream()
                .map(rule -> rule.examine(workload))
                .flatMap(Optional::stream)
                .toList();
    }
}
