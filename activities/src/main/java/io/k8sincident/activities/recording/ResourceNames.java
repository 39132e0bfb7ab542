package io.k8sincident.activities.recording;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds behind the plural resource names of the Kubernetes API. */
final class ResourceNames {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("configmaps", "ConfigMap"),
            Map.entry("controllerrevisions", "ControllerRevision"),
            Map.entry("cronjobs", "CronJob"),
            Map.entry("daemonsets", "DaemonSet"),
            Map.entry("deployments", "Deployment"),
            Map.entry("endpointslices", "EndpointSlice"),
            Map.entry("events", "Event"),
            Map.entry("horizontalpodautoscalers", "HorizontalPodAutoscaler"),
            Map.entry("ingresses", "Ingress"),
            Map.entry("jobs", "Job"),
            Map.entry("limitranges", "LimitRange"),
            Map.entry("namespaces", "Namespace"),
            Map.entry("networkpolicies", "NetworkPolicy"),
            Map.entry("nodes", "Node"),
            Map.entry("persistentvolumeclaims", "PersistentVolumeClaim"),
            Map.entry("persistentvolumes", "PersistentVolume"),
            Map.entry("poddisruptionbudgets", "PodDisruptionBudget"),
            Map.entry("pods", "Pod"),
            Map.entry("replicasets", "ReplicaSet"),
            Map.entry("resourcequotas", "ResourceQuota"),
            Map.entry("secrets", "Secret"),
            Map.entry("serviceaccounts", "ServiceAccount"),
            Map.entry("services", "Service"),
            Map.entry("statefulsets", "StatefulSet"),
            Map.entry("storageclasses", "StorageClass"));

    private ResourceNames() {}

    /** {@code ConfigMap} for {@code configmaps}; a name that is not known stands for itself, without its API group. */
    static String kind(String resource) {
        String plural = resource.toLowerCase(Locale.ROOT);
        int dot = plural.indexOf('.');
        String bare = dot < 0 ? plural : plural.substring(0, dot);
        return KINDS.getOrDefault(bare, bare);
    }

    /** Every kind that is not among these, with its plural, in order. */
    static SortedMap<String, String> notListed(Set<String> kinds) {
        SortedMap<String, String> missing = new TreeMap<>();
        KINDS.forEach((plural, kind) -> {
            if (!kinds.contains(kind)) {
                missing.put(kind, plural);
            }
        });
        return missing;
    }
}
