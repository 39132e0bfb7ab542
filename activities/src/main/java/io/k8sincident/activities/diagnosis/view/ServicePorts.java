package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A port of a Service at which none of its pods listens.
 *
 * @param port its name, or its number where it has none
 * @param target that the pods do not have
 * @param pod one of them, as an example
 * @param fact what proves it: the pod's ports, the probe that passes at another port, or a client that is refused
 * @param proven whether the API itself or a client bears it out, and not only the declared ports
 */
public record ServicePorts(String port, String target, Resource pod, Fact fact, boolean proven) {

    /** The first such port. A declared port is no proof alone, since a container may listen at any port. */
    public static Optional<ServicePorts> mismatch(ClusterView cluster, Resource service) {
        List<PodView> pods = selected(cluster, service);
        if (pods.isEmpty() || headless(service)) {
            return Optional.empty();
        }
        return service.fields().list("spec", "ports").stream()
                .map(port -> mismatch(cluster, service, port, pods))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ServicePorts> mismatch(
            ClusterView cluster, Resource service, Fields port, List<PodView> pods) {
        String target = target(port);
        String name = port.text("name").isEmpty() ? port.text("port") : port.text("name");
        if (pods.stream().anyMatch(pod -> declares(pod, target))) {
            return Optional.empty();
        }
        Resource pod = pods.get(0).resource();
        if (!numeric(target)) {
            Fact ports = Fact.field(pod, "spec.containers", "pod " + pod.name() + " names no port " + target);
            return Optional.of(new ServicePorts(name, target, pod, ports, true));
        }
        Optional<Fact> elsewhere =
                pods.stream().allMatch(one -> one.ready() && !ports(one).isEmpty()) && !declareAnother(service, pods)
                        ? pods.stream()
                                .map(one -> probed(one, target))
                                .flatMap(Optional::stream)
                                .findFirst()
                        : Optional.empty();
        ClientLogs clients = ClientLogs.of(cluster, service);
        Optional<Fact> refused =
                clients.successes() == 0 && pods.stream().anyMatch(PodView::ready) ? clients.fact() : Optional.empty();
        boolean otherPort = pods.stream()
                .allMatch(one -> !ports(one).isEmpty() || probed(one, target).isPresent());
        return refused.filter(fact -> otherPort)
                .map(fact -> new ServicePorts(name, target, pod, fact, true))
                .or(() -> elsewhere.map(fact -> new ServicePorts(name, target, pod, fact, false)));
    }

    /** Whether the pods declare another port of the Service: then they need not declare this one to listen at it. */
    private static boolean declareAnother(Resource service, List<PodView> pods) {
        return service.fields().list("spec", "ports").stream()
                .anyMatch(port -> pods.stream().anyMatch(pod -> declares(pod, target(port))));
    }

    /** Whether clients get the pods' own addresses and choose the port themselves. */
    static boolean headless(Resource service) {
        return service.fields().text("spec", "clusterIP").equals("None");
    }

    /** The pods that a Service selects and that are neither over nor on their way out. */
    static List<PodView> selected(ClusterView cluster, Resource service) {
        return cluster.all("Pod").stream()
                .filter(pod -> pod.namespace().equals(service.namespace()))
                .filter(pod -> Services.selects(service, pod.fields().child("metadata", "labels")))
                .map(pod -> new PodView(cluster, pod))
                .filter(pod -> !pod.terminating() && !pod.finished())
                .toList();
    }

    static String target(Fields port) {
        return port.has("targetPort") ? port.text("targetPort") : port.text("port");
    }

    static boolean numeric(String target) {
        return !target.isEmpty() && target.chars().allMatch(Character::isDigit);
    }

    private static Stream<ContainerView> serving(PodView pod) {
        return pod.containers().stream().filter(container -> container.role() != ContainerRole.INIT);
    }

    static List<Fields> ports(PodView pod) {
        return serving(pod)
                .flatMap(container -> container.spec().list("ports").stream())
                .toList();
    }

    /** Whether a container of the pod declares this port by number or name. */
    static boolean declares(PodView pod, String target) {
        return ports(pod).stream()
                .anyMatch(port -> port.text("name").equals(target)
                        || port.text("containerPort").equals(target));
    }

    /** A readiness probe at another port, which passes since the pod is ready. */
    private static Optional<Fact> probed(PodView pod, String target) {
        return serving(pod)
                .filter(container -> pod.ready())
                .filter(container -> Stream.of("httpGet", "tcpSocket", "grpc")
                        .map(kind -> container.spec().text("readinessProbe", kind, "port"))
                        .anyMatch(port -> !port.isEmpty() && !port.equals(target)))
                .map(container -> container.specFact(
                        "readinessProbe",
                        "pod " + pod.name() + " is ready by a probe of another port: "
                                + container.spec().child("readinessProbe")))
                .findFirst();
    }
}
