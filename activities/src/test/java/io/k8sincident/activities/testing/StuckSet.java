package io.k8sincident.activities.testing;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.util.List;

/**
 * A StatefulSet in namespace {@code demo} whose template was mended, and whose only pod of the broken revision is not ready, as
 * Kubernetes 1.34 shows it, shortened.
 */
public final class StuckSet {
    public static final String PATH = "/apis/apps/v1/namespaces/demo/statefulsets/web";
    public static final String POD = "/api/v1/namespaces/demo/pods/web-0";
    public static final String UID = "22222222-aaaa-4000-8000-000000000001";
    public static final String POD_UID = "22222222-aaaa-4000-8000-000000000002";
    public static final Target TARGET = new Target("apps/v1", "StatefulSet", "demo", "web", null);

    private StuckSet() {}

    /** The StatefulSet and its pod. */
    public static StoreBackend store() {
        StoreBackend store = new StoreBackend();
        store.put(PATH, set(UID, 2));
        store.put(POD, pod(POD_UID));
        return store;
    }

    /** The path to mend it, with a policy that lets its pods be evicted, and the offer to do so. */
    public static Remedy remedy(Config cluster) {
        Remedy remedy = new Remedy(cluster, TARGET, Remedy.START);
        remedy.policy = remedy.policy.replace("highestRisk:", "  StatefulSet: [EvictPod]\nhighestRisk:");
        remedy.offers.add(offer("web-0", POD_UID));
        return remedy;
    }

    /** An offer to evict these pods, each by its name and uid. */
    public static Offer offer(String pod, String uid) {
        return new Offer("evict-pod", Risk.LOW, List.of(new Action.EvictPod(TARGET, pod, uid)), List.of());
    }

    public static String set(String uid, int generation) {
        return """
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web","namespace":"demo","uid":"%s",
             "generation":%d,"labels":{"app":"web"}},
             "spec":{"replicas":2,"podManagementPolicy":"OrderedReady","updateStrategy":{"type":"RollingUpdate",
              "rollingUpdate":{"partition":0}},"selector":{"matchLabels":{"app":"web"}},
              "template":{"metadata":{"labels":{"app":"web"}},
              "spec":{"containers":[{"name":"app","image":"busybox:1.36","command":["sleep","1000"]}]}}},
             "status":{"replicas":1,"observedGeneration":%d,"currentRevision":"web-old","updateRevision":"web-new"}}
            """.formatted(uid, generation, generation);
    }

    public static String pod(String uid) {
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"demo","uid":"%s",
             "labels":{"app":"web","controller-revision-hash":"web-old"},
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web","uid":"%s","controller":true}]},
             "spec":{"terminationGracePeriodSeconds":5,"containers":[{"name":"app","image":"busybox:1.36"}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}]}}
            """.formatted(uid, UID);
    }
}
