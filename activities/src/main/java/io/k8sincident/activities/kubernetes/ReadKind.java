package io.k8sincident.activities.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of objects that are read, with the names under which kubectl knows them and where the API serves them. */
enum ReadKind {
    POD("v1", "Pod", "po"),
    DEPLOYMENT("apps/v1", "Deployment", "deploy"),
    REPLICA_SET("apps/v1", "ReplicaSet", "rs"),
    STATEFUL_SET("apps/v1", "StatefulSet", "sts"),
    DAEMON_SET("apps/v1", "DaemonSet", "ds"),
    CONTROLLER_REVISION("apps/v1", "ControllerRevision", ""),
    JOB("batch/v1", "Job", ""),
    CRON_JOB("batch/v1", "CronJob", "cj"),
    SERVICE("v1", "Service", "svc"),
    ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", ""),
    INGRESS("networking.k8s.io/v1", "Ingress", "ing"),
    INGRESS_CLASS("networking.k8s.io/v1", "IngressClass", ""),
    NETWORK_POLICY("networking.k8s.io/v1", "NetworkPolicy", "netpol"),
    CLAIM("v1", "PersistentVolumeClaim", "pvc"),
    AUTOSCALER("autoscaling/v2", "HorizontalPodAutoscaler", "hpa"),
    DISRUPTION_BUDGET("policy/v1", "PodDisruptionBudget", "pdb"),
    QUOTA("v1", "ResourceQuota", "quota"),
    LIMIT_RANGE("v1", "LimitRange", "limits"),
    SERVICE_ACCOUNT("v1", "ServiceAccount", "sa"),
    CONFIG_MAP("v1", "ConfigMap", "cm"),
    SECRET("v1", "Secret", ""),
    EVENT("v1", "Event", "ev"),
    NODE("v1", "Node", "no"),
    NAMESPACE("v1", "Namespace", "ns"),
    VOLUME("v1", "PersistentVolume", "pv"),
    STORAGE_CLASS("storage.k8s.io/v1", "StorageClass", "sc"),
    VALIDATING_WEBHOOK("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", ""),
    MUTATING_WEBHOOK("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "");

    private final String apiVersion;
    private final String kind;
    private final String shortName;

    ReadKind(String apiVersion, String kind, String shortName) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.shortName = shortName;
    }

    /** The kind with this name: kind, plural or short name, or either of the first two with its API group. */
    static Optional<ReadKind> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.names().contains(lower))
                .findFirst();
    }

    static Optional<ReadKind> of(String apiVersion, String kind) {
        return Arrays.stream(values())
                .filter(read -> read.kind.equals(kind) && read.group().equals(groupOf(apiVersion)))
                .findFirst();
    }

    String apiVersion() {
        return apiVersion;
    }

    String kind() {
        return kind;
    }

    /** In lower case: {@code deployment}. */
    String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    String plural() {
        String singular = singular();
        if (singular.endsWith("y")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular.endsWith("s") ? singular + "es" : singular + "s";
    }

    boolean namespaced() {
        return switch (this) {
            case NODE, NAMESPACE, VOLUME, STORAGE_CLASS, INGRESS_CLASS, VALIDATING_WEBHOOK, MUTATING_WEBHOOK -> false;
            default -> true;
        };
    }

    /** Whether only names are needed, and values are better never sent. */
    boolean metadataOnly() {
        return this == CONFIG_MAP || this == SECRET || this == SERVICE_ACCOUNT;
    }

    /** The path of its list in a namespace, or over all namespaces. */
    String list(@Nullable String namespace) {
        String base = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        return base + (namespaced() && namespace != null ? "/namespaces/" + Names.encoded(namespace) : "") + "/"
                + plural();
    }

    /** The path of one object. */
    String object(@Nullable String namespace, String name) {
        return list(namespace) + "/" + Names.encoded(name);
    }

    private List<String> names() {
        String dotted = group().isEmpty() ? "" : "." + group();
        return List.of(
                singular(),
                plural(),
                singular() + dotted,
                plural() + dotted,
                shortName.isEmpty() ? singular() : shortName);
    }

    private String group() {
        return groupOf(apiVersion);
    }

    private static String groupOf(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }
}
