package io.k8sincident.scenarios.catalog;

import static io.k8sincident.scenarios.catalog.Catalog.Trait.CLUSTER;
import static io.k8sincident.scenarios.catalog.Catalog.Trait.GENERATION;
import static io.k8sincident.scenarios.catalog.Catalog.Trait.SCALE;
import static io.k8sincident.scenarios.catalog.Catalog.Trait.STATUS;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every resource that the practice cluster serves, in the order of discovery. Immutable. */
public final class Catalog {
    /** What a resource is besides its names. */
    enum Trait {
        CLUSTER,
        STATUS,
        SCALE,
        GENERATION
    }

    public static final ResourceType NAMESPACES = core("namespaces", "Namespace", List.of("ns"), CLUSTER, STATUS);
    public static final ResourceType NODES = core("nodes", "Node", List.of("no"), CLUSTER, STATUS);
    public static final ResourceType PODS =
            new ResourceType("", "v1", "pods", "Pod", true, List.of("po"), Set.of("log", "status", "eviction"), true);
    public static final ResourceType EVENTS = core("events", "Event", List.of("ev"));
    public static final ResourceType CONFIG_MAPS = core("configmaps", "ConfigMap", List.of("cm"));
    public static final ResourceType SECRETS = core("secrets", "Secret", List.of());
    public static final ResourceType SERVICES = core("services", "Service", List.of("svc"), STATUS);
    public static final ResourceType ENDPOINTS = core("endpoints", "Endpoints", List.of("ep"));
    public static final ResourceType SERVICE_ACCOUNTS = core("serviceaccounts", "ServiceAccount", List.of("sa"));
    public static final ResourceType DEPLOYMENTS =
            of("apps", "deployments", "Deployment", List.of("deploy"), STATUS, SCALE, GENERATION);
    public static final ResourceType REPLICA_SETS =
            of("apps", "replicasets", "ReplicaSet", List.of("rs"), STATUS, SCALE, GENERATION);
    public static final ResourceType ENDPOINT_SLICES =
            of("discovery.k8s.io", "endpointslices", "EndpointSlice", List.of(), GENERATION);
    /** The same events under their newer group; stored as {@link #EVENTS}. */
    public static final ResourceType NEW_EVENTS = of("events.k8s.io", "events", "Event", List.of("ev"));

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private static final List<ResourceType> ALL = List.of(
            NAMESPACES,
            NODES,
            PODS,
            EVENTS,
            CONFIG_MAPS,
            SECRETS,
            SERVICES,
            ENDPOINTS,
            SERVICE_ACCOUNTS,
            core("persistentvolumeclaims", "PersistentVolumeClaim", List.of("pvc"), STATUS),
            core("persistentvolumes", "PersistentVolume", List.of("pv"), CLUSTER, STATUS),
            core("resourcequotas", "ResourceQuota", List.of("quota"), STATUS),
            core("limitranges", "LimitRange", List.of("limits")),
            core("replicationcontrollers", "ReplicationController", List.of("rc"), STATUS, SCALE, GENERATION),
            core("podtemplates", "PodTemplate", List.of()),
            DEPLOYMENTS,
            REPLICA_SETS,
            of("apps", "statefulsets", "StatefulSet", List.of("sts"), STATUS, SCALE, GENERATION),
            of("apps", "daemonsets", "DaemonSet", List.of("ds"), STATUS, GENERATION),
            of("apps", "controllerrevisions", "ControllerRevision", List.of()),
            of("batch", "jobs", "Job", List.of(), STATUS, GENERATION),
            of("batch", "cronjobs", "CronJob", List.of("cj"), STATUS, GENERATION),
            new ResourceType(
                    "autoscaling",
                    "v2",
                    "horizontalpodautoscalers",
                    "HorizontalPodAutoscaler",
                    true,
                    List.of("hpa"),
                    Set.of("status"),
                    false),
            of("policy", "poddisruptionbudgets", "PodDisruptionBudget", List.of("pdb"), STATUS, GENERATION),
            of("networking.k8s.io", "ingresses", "Ingress", List.of("ing"), STATUS, GENERATION),
            of("networking.k8s.io", "networkpolicies", "NetworkPolicy", List.of("netpol"), GENERATION),
            of("networking.k8s.io", "ingressclasses", "IngressClass", List.of(), CLUSTER, GENERATION),
            ENDPOINT_SLICES,
            NEW_EVENTS,
            of("storage.k8s.io", "storageclasses", "StorageClass", List.of("sc"), CLUSTER),
            of("scheduling.k8s.io", "priorityclasses", "PriorityClass", List.of("pc"), CLUSTER),
            of("coordination.k8s.io", "leases", "Lease", List.of()),
            of(RBAC, "roles", "Role", List.of()),
            of(RBAC, "rolebindings", "RoleBinding", List.of()),
            of(RBAC, "clusterroles", "ClusterRole", List.of(), CLUSTER),
            of(RBAC, "clusterrolebindings", "ClusterRoleBinding", List.of(), CLUSTER),
            of(ADMISSION, "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", List.of(), CLUSTER),
            of(ADMISSION, "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", List.of(), CLUSTER),
            of(ADMISSION, "validatingadmissionpolicies", "ValidatingAdmissionPolicy", List.of(), CLUSTER),
            of(ADMISSION, "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", List.of(), CLUSTER));

    private Catalog() {}

    /** All resources. */
    public static List<ResourceType> all() {
        return ALL;
    }

    /** The resource with this path name in a group and version. */
    public static Optional<ResourceType> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** The resource whose objects have this apiVersion and kind. */
    public static Optional<ResourceType> ofKind(String apiVersion, String kind) {
        return ALL.stream()
                .filter(type ->
                        type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
                .findFirst();
    }

    /** The API groups besides the core group, in order. */
    public static Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        ALL.forEach(type -> groups.add(type.group()));
        groups.remove("");
        return groups;
    }

    private static ResourceType core(String plural, String kind, List<String> shortNames, Trait... traits) {
        return of("", plural, kind, shortNames, traits);
    }

    private static ResourceType of(String group, String plural, String kind, List<String> shortNames, Trait... traits) {
        Set<Trait> set = EnumSet.noneOf(Trait.class);
        set.addAll(List.of(traits));
        Set<String> subresources = new LinkedHashSet<>();
        if (set.contains(STATUS)) {
            subresources.add("status");
        }
        if (set.contains(SCALE)) {
            subresources.add("scale");
        }
        return new ResourceType(
                group, "v1", plural, kind, !set.contains(CLUSTER), shortNames, subresources, set.contains(GENERATION));
    }
}
