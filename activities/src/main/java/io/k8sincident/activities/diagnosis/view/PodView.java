package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod with its containers in the order in which they start. */
public final class PodView {
    private final ClusterView cluster;
    private final Resource pod;
    private final List<ContainerView> containers = new ArrayList<>();

    public PodView(ClusterView cluster, Resource pod) {
        this.cluster = cluster;
        this.pod = pod;
        add("initContainers", "initContainerStatuses");
        add("containers", "containerStatuses");
    }

    private void add(String specField, String statusField) {
        Map<String, Fields> statuses = new HashMap<>();
        pod.fields().list("status", statusField).forEach(status -> statuses.putIfAbsent(status.text("name"), status));
        for (Fields spec : pod.fields().list("spec", specField)) {
            ContainerRole role = specField.equals("containers")
                    ? ContainerRole.MAIN
                    : spec.text("restartPolicy").equals("Always") ? ContainerRole.SIDECAR : ContainerRole.INIT;
            Fields none = spec.child("no such field");
            containers.add(new ContainerView(this, role, spec, statuses.getOrDefault(spec.text("name"), none)));
        }
    }

    public ClusterView cluster() {
        return cluster;
    }

    public Resource resource() {
        return pod;
    }

    public String name() {
        return pod.name();
    }

    /** Init containers and sidecars first, then the others. */
    public List<ContainerView> containers() {
        return List.copyOf(containers);
    }

    public Optional<ContainerView> container(String name) {
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    public String phase() {
        return pod.fields().text("status", "phase");
    }

    /** Whether all its containers are over for good. */
    public boolean finished() {
        return phase().equals("Succeeded") || phase().equals("Failed");
    }

    /** Whether it was asked to go. */
    public boolean terminating() {
        return pod.fields().has("metadata", "deletionTimestamp");
    }

    public boolean ready() {
        return condition("Ready").map(c -> c.text("status").equals("True")).orElse(false);
    }

    public Optional<Fields> condition(String type) {
        return pod.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .findFirst();
    }

    /** A fact about one of its conditions. */
    public Fact conditionFact(String type) {
        Fields condition = condition(type).orElse(pod.fields().child("no such field"));
        return new Fact(
                pod.kindName() + " status.conditions[type=" + type + "]",
                type + " is " + condition.text("status") + ", reason " + condition.text("reason") + ": "
                        + condition.text("message"),
                condition.toString());
    }

    public String restartPolicy() {
        String policy = pod.fields().text("spec", "restartPolicy");
        return policy.isEmpty() ? "Always" : policy;
    }

    public Optional<Instant> created() {
        return pod.fields().time("metadata", "creationTimestamp");
    }

    /** The events about it, newest first. */
    public List<EventView> events() {
        return cluster.events(pod);
    }

    public Optional<EventView> event(String reason) {
        return events().stream().filter(event -> event.is(reason)).findFirst();
    }

    Optional<ContainerLog> log(String container, boolean previous) {
        return cluster.log(pod, container, previous);
    }
}
