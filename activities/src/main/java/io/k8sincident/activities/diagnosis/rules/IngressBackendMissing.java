package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Backends;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** An Ingress sends to a Service that does not exist; no status or event says so. */
final class IngressBackendMissing implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        Resource ingress = workload.resource();
        if (!workload.kind().equals("Ingress") || troubles.isEmpty()) {
            return Optional.empty();
        }
        return Backends.of(ingress).stream()
                .filter(name -> workload.cluster().absent("Service", workload.namespace(), name))
                .findFirst()
                .flatMap(name -> Finding.of("ingress-backend-missing", troubles)
                        .culprit(Culprits.template(workload, "spec.rules.http.paths.backend.service.name", name))
                        .claim(
                                "the Ingress sends to Service " + name,
                                Fact.field(ingress, "spec.rules", "sends to " + name))
                        .claim("there is no such Service", troubles.get(0).fact())
                        .found());
    }
}
