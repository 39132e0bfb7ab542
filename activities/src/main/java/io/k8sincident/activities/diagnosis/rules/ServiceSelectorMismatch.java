package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.ServiceBreadth;
import io.k8sincident.activities.diagnosis.view.ServiceMatch;
import io.k8sincident.activities.diagnosis.view.ServicePorts;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A Service selects no pod and no workload, while running pods that no Service selects declare its target port and share a
 * label key or value with its selector. Kubernetes gives no reason for it, so it is likely, not proven.
 */
final class ServiceSelectorMismatch implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (!workload.kind().equals("Service")
                || troubles.isEmpty()
                || !workload.cluster().snapshot().complete("Pod")) {
            return Optional.empty();
        }
        Resource service = workload.resource();
        String selector = Culprits.labels(service.fields().child("spec", "selector"));
        if (ServicePorts.mismatch(workload.cluster(), service).isPresent()
                || ServiceBreadth.of(workload.cluster(), service).isPresent()) {
            return Optional.empty();
        }
        return ServiceMatch.candidate(workload.cluster(), service)
                .flatMap(pod -> Finding.of("service-selector-mismatch", troubles)
                        .likely()
                        .culprit(Culprits.template(workload, "spec.selector", selector))
                        .claim("the Service selects nothing", troubles.get(0).fact())
                        .claim(
                                "a running pod has its port and is in no Service",
                                Fact.field(
                                        pod,
                                        "metadata.labels",
                                        "labels " + pod.fields().child("metadata", "labels")))
                        .not(
                                "service-no-ready-endpoints",
                                "it is not that its pods are not ready: it has none",
                                troubles.get(0).fact())
                        .found());
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "service-selector-mismatch",
                Cause.Family.NETWORK,
                "A Service selects no pod, while pods that seem meant for it are in no Service.",
                "no endpoints, no workload with the labels that it looks for, and running pods of one workload that declare its"
                        + " target port, share a label key or value with its selector, and are in no Service",
                "a workload of those labels that is scaled to zero or not ready; a Service without a selector"));
    }
}
