package io.k8sincident.worker.faults;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * StatefulSets of one pod each, whose template was mended but whose pod still has the broken one, and what their controller
 * does: it waits until the pod is gone, and makes it anew. The practice cluster has no such controller of its own.
 */
final class StuckSets {
    /** The names of StatefulSets begin so. */
    static final String PREFIX = "stuck-";

    private static final String REVISION = "controller-revision-hash";
    private static final String BROKEN = "-broken";
    private static final String MENDED = "-mended";
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: "%1$s", namespace: "%2$s"}
            spec:
              replicas: 1
              serviceName: "%1$s"
              podManagementPolicy: OrderedReady
              updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}
              selector: {matchLabels: {app: "%1$s"}}
              template:
                metadata: {labels: {app: "%1$s"}}
                spec:
                  containers:
                  - {name: app, image: "busybox:1.36", command: ["%3$s", "-f", "-v", "-p", "8080"]}
            """;

    private final KubernetesClient client;
    private final String namespace;
    /** Those whose pod of the present template is not ready yet, by name. */
    private final Map<String, StatefulSet> waiting = new HashMap<>();

    StuckSets(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    /** The only pod of the StatefulSet. */
    static String pod(String name) {
        return name + "-0";
    }

    /** Makes one whose pod crashes. */
    void crash(String name) {
        StatefulSet set = apply(name, "/bin/httpdd");
        revision(set, 1, BROKEN);
        makePod(set, BROKEN);
    }

    /** Gives it a template that works, which its pod does not get. */
    void mend(String name) {
        StatefulSet set = apply(name, "/bin/httpd");
        revision(set, 2, MENDED);
        status(set, BROKEN, 0, 0);
        waiting.put(name, set);
    }

    void remove(String name) {
        waiting.remove(name);
        client.apps().statefulSets().inNamespace(namespace).withName(name).delete();
    }

    /** Does what their controller would do now. */
    void attend() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Pod> pods = client.pods().inNamespace(namespace).withLabel(REVISION).list().getItems().stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity()));
        for (StatefulSet set : List.copyOf(waiting.values())) {
            String name = set.getMetadata().getName();
            Pod pod = pods.get(pod(name));
            if (pod == null) {
                makePod(set, MENDED);
                status(set, BROKEN, 1, 0);
            } else if (hasPresentTemplate(pod, name) && Readiness.isPodReady(pod)) {
                status(set, MENDED, 1, 1);
                waiting.remove(name);
            }
        }
    }

    private static boolean hasPresentTemplate(Pod pod, String name) {
        return (name + MENDED).equals(pod.getMetadata().getLabels().get(REVISION));
    }

    private StatefulSet apply(String name, String program) {
        StatefulSet set = client.getKubernetesSerialization()
                .unmarshal(MANIFEST.formatted(name, namespace, program), StatefulSet.class);
        return client.resource(set).forceConflicts().serverSideApply();
    }

    private void revision(StatefulSet set, long number, String suffix) {
        client.resource(new ControllerRevisionBuilder()
                        .withNewMetadata()
                        .withName(set.getMetadata().getName() + suffix)
                        .withNamespace(namespace)
                        .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                        .withOwnerReferences(owner(set))
                        .endMetadata()
                        .withRevision(number)
                        .withData(
                                Map.of("spec", Map.of("template", set.getSpec().getTemplate())))
                        .build())
                .create();
    }

    private void makePod(StatefulSet set, String suffix) {
        String name = set.getMetadata().getName();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod(name))
                        .withNamespace(namespace)
                        .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                        .addToLabels(REVISION, name + suffix)
                        .addToLabels("statefulset.kubernetes.io/pod-name", pod(name))
                        .withOwnerReferences(owner(set))
                        .endMetadata()
                        .withSpec(set.getSpec().getTemplate().getSpec())
                        .editSpec()
                        .withHostname(pod(name))
                        .withSubdomain(name)
                        .endSpec()
                        .build())
                .create();
    }

    private static OwnerReference owner(StatefulSet set) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(set.getMetadata().getName())
                .withUid(set.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** The current revision is the one of before until the pod of the present template is ready. */
    private void status(StatefulSet set, String current, int updated, int ready) {
        String name = set.getMetadata().getName();
        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(live -> new StatefulSetBuilder(live)
                        .withNewStatus()
                        .withObservedGeneration(live.getMetadata().getGeneration())
                        .withReplicas(1)
                        .withReadyReplicas(ready)
                        .withAvailableReplicas(ready)
                        .withUpdatedReplicas(updated)
                        .withCurrentReplicas(current.equals(BROKEN) ? 1 - updated : 1)
                        .withCurrentRevision(name + current)
                        .withUpdateRevision(name + MENDED)
                        .endStatus()
                        .build());
    }
}
