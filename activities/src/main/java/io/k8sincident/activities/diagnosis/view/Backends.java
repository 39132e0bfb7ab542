package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Services that an Ingress sends to. */
public final class Backends {
    private Backends() {}

    /**
     * In the order of the rules, the default one first; backends that are no Services are left out, as are the actions of
     * AWS load balancers, which an annotation describes.
     */
    public static List<Backend> of(Resource ingress) {
        Stream<Backend> paths = ingress.fields().list("spec", "rules").stream()
                .flatMap(rule -> rule.list("http", "paths").stream()
                        .map(path -> backend(
                                path.child("backend"),
                                "spec.rules[" + rule.text("host") + "].http.paths[" + path.text("path")
                                        + "].backend.service")));
        Fields otherwise = ingress.fields().child("spec", "defaultBackend");
        return Stream.concat(Stream.of(backend(otherwise, "spec.defaultBackend.service")), paths)
                .filter(backend ->
                        !backend.service().isEmpty() && !backend.port().equals("use-annotation"))
                .distinct()
                .toList();
    }

    private static Backend backend(Fields fields, String path) {
        String name = fields.text("service", "port", "name");
        return new Backend(
                path, fields.text("service", "name"), name.isEmpty() ? fields.text("service", "port", "number") : name);
    }

    /**
     * One of them.
     *
     * @param path of its field in the Ingress
     * @param port its number or name; empty if none is given
     */
    public record Backend(String path, String service, String port) {

        /** Whether there is no such Service, as far as Services could be read. */
        public boolean serviceMissing(ClusterView cluster, String namespace) {
            return cluster.absent("Service", namespace, service);
        }

        boolean missing(ClusterView cluster, String namespace) {
            return serviceMissing(cluster, namespace) || portMissing(cluster, namespace);
        }

        private boolean portMissing(ClusterView cluster, String namespace) {
            Optional<Resource> found = cluster.find("Service", namespace, service);
            return !port.isEmpty()
                    && found.isPresent()
                    && !(external(found.get()) && ServicePorts.numeric(port))
                    && found.get().fields().list("spec", "ports").stream()
                            .noneMatch(offered -> offered.text("port").equals(port)
                                    || offered.text("name").equals(port));
        }

        /** Whether it stands for a name outside, at which an Ingress controller may ask for any port (ingress-nginx). */
        private static boolean external(Resource service) {
            return service.fields().text("spec", "type").equals("ExternalName");
        }

        Fact fact(ClusterView cluster, Resource ingress) {
            return cluster.find("Service", ingress.namespace(), service)
                    .map(found -> Fact.field(found, "spec.ports", "Service " + service + " has no port " + port))
                    .orElseGet(() -> Fact.absent("Service", ingress.namespace(), service));
        }
    }
}
