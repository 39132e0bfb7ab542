package io.k8sincident.activities.testing;

import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.util.List;

/** A Deployment in namespace {@code demo} whose second revision crashes, as Kubernetes 1.34 shows it, shortened. */
public final class Crashy {
    public static final String NAMESPACES = "/apis/apps/v1/namespaces/demo";
    public static final String PATH = NAMESPACES + "/deployments/crashy";
    public static final String GOOD_REVISION = NAMESPACES + "/replicasets/crashy-good";
    public static final String UID = "11111111-aaaa-4000-8000-000000000001";
    public static final String GOOD_UID = "11111111-aaaa-4000-8000-000000000002";

    private Crashy() {}

    /** The Deployment and its two revisions. */
    public static StoreBackend store() {
        StoreBackend store = new StoreBackend();
        store.put(PATH, deployment(UID, 2));
        store.put(GOOD_REVISION, revision("crashy-good", GOOD_UID, "1", "sleep 1000", ""));
        store.put(
                NAMESPACES + "/replicasets/crashy-bad",
                revision(
                        "crashy-bad",
                        "11111111-aaaa-4000-8000-000000000003",
                        "2",
                        "exit 1",
                        ",\"workingDir\":\"/tmp\""));
        return store;
    }

    public static String deployment(String uid, int generation) {
        return """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"crashy","namespace":"demo","uid":"%s",
             "generation":%d,"labels":{"app":"crashy"},
             "annotations":{"deployment.kubernetes.io/revision":"2","team":"shop"},
             "managedFields":[{"manager":"kubectl"}]},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"crashy"}},"template":%s},
             "status":{"replicas":2,"updatedReplicas":2,"observedGeneration":%d}}
            """.formatted(uid, generation, template("", "exit 1", ",\"workingDir\":\"/tmp\""), generation);
    }

    private static String revision(String name, String uid, String revision, String command, String more) {
        return """
            {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"%s","namespace":"demo","uid":"%s",
             "labels":{"app":"crashy","pod-template-hash":"%s"},
             "annotations":{"deployment.kubernetes.io/revision":"%s"},
             "ownerReferences":[{"kind":"Deployment","name":"crashy","uid":"%s","controller":true}]},
             "spec":{"replicas":0,"template":%s}}
            """.formatted(
                name, uid, name, revision, UID, template(",\"pod-template-hash\":\"" + name + "\"", command, more));
    }

    private static String template(String labels, String command, String more) {
        return """
            {"metadata":{"labels":{"app":"crashy"%s}},"spec":{"containers":[{"name":"app","image":"busybox:1.36",
             "command":["sh","-c","%s"],
             "env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"MODE","value":"fast"}]%s}]}}
            """.formatted(labels, command, more);
    }

    /** An offer to roll it back. */
    public static Offer rollBack() {
        return new Offer(
                "roll-back",
                Risk.LOW,
                List.of(new Action.RollBack(
                        Target.deployment("demo", "crashy"),
                        1,
                        "crashy-good",
                        GOOD_UID,
                        "sha256:of-the-redacted-snapshot",
                        "a pod of it is ready",
                        true)),
                List.of());
    }
}
