package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.ServicePorts;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A Service sends to a port at which its pods do not listen; its endpoints look well. */
final class ServiceTargetPort implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (!workload.kind().equals("Service") || troubles.isEmpty()) {
            return Optional.empty();
        }
        Resource service = workload.resource();
        return ServicePorts.mismatch(workload.cluster(), service).flatMap(mismatch -> {
            Finding.Draft draft = Finding.of("service-target-port-mismatch", troubles)
                    .culprit(Culprits.template(
                            workload, "spec.ports[" + mismatch.port() + "].targetPort", mismatch.target()))
                    .claim(
                            "the Service sends to port " + mismatch.target(),
                            Fact.field(service, "spec.ports", "targetPort " + mismatch.target()))
                    .claim(
                            "its pods do not have that port",
                            Fact.field(
                                    mismatch.pod(),
                                    "spec.containers",
                                    "pod " + mismatch.pod().name() + " declares no port " + mismatch.target()))
                    .claim("and it does not answer there", mismatch.fact())
                    .not(
                            "service-selector-mismatch",
                            "it selects running pods",
                            Fact.field(
                                    service,
                                    "spec.selector",
                                    "selects pod " + mismatch.pod().name()));
            return mismatch.proven() ? draft.found() : draft.likely().found();
        });
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "service-target-port-mismatch",
                Family.NETWORK,
                "A Service sends to a port at which its pods do not listen.",
                "a named targetPort that no selected pod names; a number that none declares while each declares another, with"
                        + " a client that is refused, or (likely) a readiness probe that passes at the declared port",
                "containers that declare no port; a client that succeeds; pods that are not ready"));
    }
}
