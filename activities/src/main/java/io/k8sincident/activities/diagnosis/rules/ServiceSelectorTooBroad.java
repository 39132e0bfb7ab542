package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.ServiceBreadth;
import io.k8sincident.activities.diagnosis.view.ServicePorts;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A Service selects the pods of a second application, which does not listen at its port: some requests are refused. */
final class ServiceSelectorTooBroad implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        Resource service = workload.resource();
        if (!workload.kind().equals("Service")
                || troubles.isEmpty()
                || ServicePorts.mismatch(workload.cluster(), service).isPresent()) {
            return Optional.empty();
        }
        return ServiceBreadth.of(workload.cluster(), service).flatMap(breadth -> {
            String labels = Culprits.labels(service.fields().child("spec", "selector"));
            Finding.Draft draft = Finding.of("service-selector-too-broad", troubles)
                    .culprit(Culprits.template(workload, "spec.selector", labels))
                    .claim(
                            "the Service selects pods of " + breadth.serving().kindName() + " and of "
                                    + breadth.other().kindName(),
                            Fact.field(service, "spec.selector", "selector " + labels))
                    .claim("the latter do not listen at its port", breadth.pod())
                    .not(
                            "service-target-port-mismatch",
                            "the pods of " + breadth.serving().kindName() + " have the port",
                            Fact.field(service, "spec.ports", "ports"));
            breadth.refused().ifPresentOrElse(fact -> draft.claim("a client is refused at times", fact), draft::likely);
            return draft.found();
        });
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "service-selector-too-broad",
                        Family.NETWORK,
                        "A Service selects the pods of two applications, one of which does not listen at its port.",
                        "ready pods of two workloads with other images, one of which declares the target port and the other does not;"
                                + " likely where no client says that it is refused",
                        "two workloads of one image (blue and green, a canary); a named target port, which leaves out pods without it"));
    }
}
