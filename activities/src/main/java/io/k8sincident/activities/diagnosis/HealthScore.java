package io.k8sincident.activities.diagnosis;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of what runs is well.
 *
 * @param workloads Deployments, StatefulSets, DaemonSets and CronJobs, and the Jobs, ReplicaSets and Pods that nothing owns
 * @param healthy those of them that no incident is about, reaches, or lets fail
 * @param healthyPercent their share, rounded down, so that 100 means all; 100 where there is no workload
 * @param incidents how many incidents there are
 * @param abstained how many of them have no known cause
 */
@JsonPropertyOrder({"workloads", "healthy", "healthyPercent", "incidents", "abstained"})
public record HealthScore(int workloads, int healthy, int healthyPercent, int incidents, int abstained) {
    private static final Set<String> ALWAYS = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");
    private static final Set<String> UNOWNED = Set.of("Job", "ReplicaSet", "Pod");
    private static final HealthScore EMPTY = new HealthScore(0, 0, 100, 0, 0);

    /** The score of one snapshot with its diagnoses. */
    public static HealthScore of(Snapshot snapshot, List<Diagnosis> diagnoses) {
        List<Resource> workloads =
                snapshot.objects().stream().filter(HealthScore::isWorkload).toList();
        Set<String> failing = reached(diagnoses);
        int healthy = (int) workloads.stream()
                .filter(workload -> !failing.contains(workload.namespace() + " " + workload.kindName())
                        && !failing.contains(" " + workload.kindName()))
                .count();
        int abstained = (int) diagnoses.stream().filter(Diagnosis::abstained).count();
        return of(workloads.size(), healthy, diagnoses.size(), abstained);
    }

    /** The score of several snapshots together. */
    public static HealthScore sum(List<HealthScore> scores) {
        return scores.stream().reduce(EMPTY, HealthScore::plus);
    }

    private HealthScore plus(HealthScore other) {
        return of(
                workloads + other.workloads,
                healthy + other.healthy,
                incidents + other.incidents,
                abstained + other.abstained);
    }

    private static HealthScore of(int workloads, int healthy, int incidents, int abstained) {
        return new HealthScore(
                workloads, healthy, workloads == 0 ? 100 : healthy * 100 / workloads, incidents, abstained);
    }

    private static boolean isWorkload(Resource object) {
        return ALWAYS.contains(object.kind())
                || (UNOWNED.contains(object.kind()) && object.controller().isEmpty());
    }

    /** Everything that the diagnoses are about or reach, as {@code namespace Kind/name}. */
    static Set<String> reached(List<Diagnosis> diagnoses) {
        return diagnoses.stream().flatMap(HealthScore::reached).collect(Collectors.toUnmodifiableSet());
    }

    /** As {@code namespace Kind/name}; of what a cluster-wide cause reaches the namespace is not known. */
    private static Stream<String> reached(Diagnosis diagnosis) {
        Target target = diagnosis.target();
        String namespace = target == null || target.namespace() == null ? "" : target.namespace();
        return Stream.of(
                        target == null ? Stream.<String>of() : Stream.of(target.kindName()),
                        diagnosis.affected().stream(),
                        diagnosis.consequences().stream())
                .flatMap(names -> names)
                .map(name -> namespace + " " + name);
    }
}
