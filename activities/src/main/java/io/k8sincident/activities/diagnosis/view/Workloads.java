package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All workloads of a snapshot, each under its top owner, in order of namespace, kind and name. */
public final class Workloads {
    private static final Set<String> KINDS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod");
    /** Objects without pods of their own that can be the subject of an incident. */
    private static final List<String> OTHERS = List.of(
            "Ingress",
            "HorizontalPodAutoscaler",
            "Service",
            "PersistentVolumeClaim",
            "PodDisruptionBudget",
            "Namespace");

    private Workloads() {}

    public static List<WorkloadView> of(ClusterView cluster) {
        Map<String, Resource> tops = new LinkedHashMap<>();
        Map<String, List<Resource>> pods = new LinkedHashMap<>();
        for (String kind : KINDS.stream().sorted().toList()) {
            for (Resource object : cluster.all(kind)) {
                Resource top = cluster.topOwner(object);
                String key = top.namespace() + "\n" + top.kind() + "\n" + top.name();
                tops.putIfAbsent(key, top);
                if (kind.equals("Pod")) {
                    pods.computeIfAbsent(key, ignored -> new ArrayList<>()).add(object);
                }
            }
        }
        OTHERS.forEach(kind -> cluster.all(kind)
                .forEach(object -> tops.put(object.namespace() + "\n" + kind + "\n" + object.name(), object)));
        return tops.entrySet().stream()
                .map(top -> new WorkloadView(cluster, top.getValue(), pods.getOrDefault(top.getKey(), List.of())))
                .sorted(Comparator.comparing(WorkloadView::namespace)
                        .thenComparing(WorkloadView::kind)
                        .thenComparing(workload -> workload.resource().name()))
                .toList();
    }
}
