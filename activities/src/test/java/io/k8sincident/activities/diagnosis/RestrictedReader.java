package io.k8sincident.activities.diagnosis;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.k8sincident.activities.testing.AccountKubeconfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** A service account that may read what triage reads, but for some kinds; made with the rights of an administrator. */
final class RestrictedReader {
    private static final String NAMESPACE = "observability";
    private static final String NAME = "reader";
    /** By their names in the API, without their groups: no two groups have one of the same name. */
    private static final List<String> READ = List.of(
            "pods",
            "pods/log",
            "deployments",
            "replicasets",
            "statefulsets",
            "daemonsets",
            "jobs",
            "cronjobs",
            "controllerrevisions",
            "services",
            "endpointslices",
            "ingresses",
            "ingressclasses",
            "configmaps",
            "events",
            "nodes",
            "namespaces",
            "persistentvolumeclaims",
            "persistentvolumes",
            "storageclasses",
            "volumeattachments",
            "resourcequotas",
            "limitranges",
            "horizontalpodautoscalers",
            "poddisruptionbudgets",
            "networkpolicies",
            "serviceaccounts",
            "priorityclasses",
            "runtimeclasses",
            "validatingwebhookconfigurations",
            "mutatingwebhookconfigurations",
            "replicationcontrollers",
            "leases");

    private RestrictedReader() {}

    /** Returns a kubeconfig of an account that may not list these kinds; written beside that of the administrator. */
    static Path without(Collection<String> refused, Path administrator) throws IOException {
        Config config = Config.fromKubeconfig(administrator.toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .serverSideApply();
            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(NAMESPACE)
                            .withName(NAME)
                            .endMetadata()
                            .build())
                    .serverSideApply();
            client.resource(new ClusterRoleBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .endMetadata()
                            .addNewRule()
                            .withApiGroups("*")
                            .withResources(READ.stream()
                                    .filter(kind -> !refused.contains(kind))
                                    .toList())
                            .withVerbs("get", "list", "watch")
                            .endRule()
                            .build())
                    .serverSideApply();
            client.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
                            .addNewSubject("", "ServiceAccount", NAME, NAMESPACE)
                            .build())
                    .serverSideApply();
            return AccountKubeconfig.write(client, NAMESPACE, NAME, administrator.resolveSibling("kubeconfig-" + NAME));
        }
    }
}
