package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.util.Optional;

/** What an Ingress refers to and is not there; no status or event says so. */
public final class IngressTroubles {
    /** Who makes certificates on demand has made this one long before. */
    private static final Duration CERTIFICATE_TAKES = Duration.ofMinutes(2);

    private IngressTroubles() {}

    static Optional<Trouble> of(ClusterView cluster, Resource ingress) {
        return backend(cluster, ingress)
                .map(backend -> backend.fact(cluster, ingress))
                .or(() -> secret(cluster, ingress).map(secret -> Fact.absent("Secret", ingress.namespace(), secret)))
                .or(() -> ingressClass(cluster, ingress).map(name -> Fact.absent("IngressClass", "the cluster", name)))
                .map(fact -> ObjectTroubles.trouble("", fact));
    }

    /** The first backend whose Service, or whose port of it, does not exist. */
    public static Optional<Backends.Backend> backend(ClusterView cluster, Resource ingress) {
        return Backends.of(ingress).stream()
                .filter(backend -> backend.missing(cluster, ingress.namespace()))
                .findFirst();
    }

    /** The first TLS Secret that does not exist although the Ingress has been there for some time. */
    public static Optional<String> secret(ClusterView cluster, Resource ingress) {
        boolean young = Troubles.ago(cluster, ingress.fields().time("metadata", "creationTimestamp"))
                        .compareTo(CERTIFICATE_TAKES)
                < 0;
        return ingress.fields().list("spec", "tls").stream()
                .map(tls -> tls.text("secretName"))
                .filter(name -> !young && cluster.absent("Secret", ingress.namespace(), name))
                .findFirst();
    }

    /** The class that it names, if classes were read and this is none of them. */
    public static Optional<String> ingressClass(ClusterView cluster, Resource ingress) {
        String name = ingress.fields().text("spec", "ingressClassName");
        return cluster.all("IngressClass").isEmpty() || !cluster.absent("IngressClass", "", name)
                ? Optional.empty()
                : Optional.of(name);
    }
}
