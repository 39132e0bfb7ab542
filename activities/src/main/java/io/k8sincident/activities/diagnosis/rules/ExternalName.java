package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A Service of type ExternalName, which is but an alias: whether its name resolves, only a client can tell. */
final class ExternalName implements Rule {
    static final Cause CAUSE = new Cause(
            "service-external-name-unresolvable",
            Family.NETWORK,
            "An ExternalName Service points to a name that does not resolve.",
            "a client says last that the name does not resolve, and the Service is of type ExternalName",
            "a resolver that does not answer at all; a Service that has a selector");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        return !workload.kind().equals("Service") || troubles.isEmpty() || !external(workload.resource())
                ? Optional.empty()
                : finding(workload.resource(), troubles, troubles.get(0).fact()).found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(CAUSE, PolicyBlocks.CAUSE);
    }

    static boolean external(Resource service) {
        return service.fields().text("spec", "type").equals("ExternalName");
    }

    static Finding.Draft finding(Resource service, List<Trouble> troubles, Fact said) {
        String name = service.fields().text("spec", "externalName");
        return Finding.of(CAUSE.id(), troubles)
                .culprit(Culprits.object("Service", service.name(), "spec.externalName", name))
                .claim("the name of a Service does not resolve", said)
                .claim(
                        "the Service is an alias of " + name,
                        Fact.field(service, "spec.externalName", "externalName " + name))
                .actingOn(service.target())
                .commonTo(service.target());
    }
}
