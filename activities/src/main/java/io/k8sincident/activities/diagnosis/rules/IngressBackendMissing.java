package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Backends.Backend;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.IngressTroubles;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** An Ingress refers to a Service, a port, a certificate or a class that does not exist; no status or event says so. */
final class IngressBackendMissing implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        Resource ingress = workload.resource();
        if (!workload.kind().equals("Ingress") || troubles.isEmpty()) {
            return Optional.empty();
        }
        ClusterView cluster = workload.cluster();
        return IngressTroubles.backend(cluster, ingress)
                .flatMap(backend -> backend(workload, backend, troubles))
                .or(() -> IngressTroubles.secret(cluster, ingress)
                        .flatMap(name -> missing(
                                "ingress-tls-secret-missing", Culprits.missing("Secret", name), ingress, troubles)))
                .or(() -> IngressTroubles.ingressClass(cluster, ingress)
                        .flatMap(name -> missing(
                                "ingress-class-missing", Culprits.missing("IngressClass", name), ingress, troubles)));
    }

    private static Optional<Finding> backend(WorkloadView workload, Backend backend, List<Trouble> troubles) {
        boolean service = backend.serviceMissing(workload.cluster(), workload.namespace());
        String path = backend.path() + (service ? ".name" : ".port");
        String value = service ? backend.service() : backend.port();
        return Finding.of("ingress-backend-missing", troubles)
                .culprit(Culprits.template(workload, path, value))
                .claim(
                        "the Ingress sends to Service " + backend.service()
                                + (backend.port().isEmpty() ? "" : ", port " + backend.port()),
                        Fact.field(workload.resource(), "spec", path + " is " + value))
                .claim(
                        service ? "there is no such Service" : "the Service has no such port",
                        troubles.get(0).fact())
                .found();
    }

    private static Optional<Finding> missing(String cause, Culprit culprit, Resource ingress, List<Trouble> troubles) {
        return Finding.of(cause, troubles)
                .culprit(culprit)
                .claim(
                        "the Ingress names " + culprit.kind() + " " + culprit.name(),
                        Fact.field(ingress, "spec", "names " + culprit.name()))
                .claim("there is no such object", troubles.get(0).fact())
                .not(
                        "ingress-backend-missing",
                        "its Services and their ports are there",
                        troubles.get(0).fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "ingress-backend-missing",
                        Family.NETWORK,
                        "An Ingress sends to a Service, or to a port of a Service, that does not exist.",
                        "Services could be read, and none has that name, or it has no port of that number or name",
                        "backends that are no Services; Services that could not be read"),
                new Cause(
                        "ingress-tls-secret-missing",
                        Family.NETWORK,
                        "The Secret with the certificate of an Ingress does not exist.",
                        "Secrets could be read, and none has that name two minutes after the Ingress was made",
                        "a certificate that is still being made; Secrets that could not be read"),
                new Cause(
                        "ingress-class-missing",
                        Family.NETWORK,
                        "An Ingress names a class that does not exist, so no controller serves it.",
                        "IngressClasses were read, and none has that name",
                        "clusters of which no IngressClass was read"));
    }
}
