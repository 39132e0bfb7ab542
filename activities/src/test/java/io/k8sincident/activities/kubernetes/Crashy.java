package io.k8sincident.activities.kubernetes;

/** The API's answers about a Deployment {@code crashy} in {@code demo} whose only pod crashes again and again. */
final class Crashy {
    static final String DEPLOYMENT = "/apis/apps/v1/namespaces/demo/deployments/crashy";
    static final String REPLICA_SETS = "/apis/apps/v1/namespaces/demo/replicasets";
    static final String PODS = "/api/v1/namespaces/demo/pods";
    static final String EVENTS = "/api/v1/namespaces/demo/events";
    static final String LOG = PODS + "/crashy-5d9c7b6f4-x2x9z/log";

    private Crashy() {}

    static FakeApiServer serve() throws java.io.IOException {
        return new FakeApiServer()
                .json(DEPLOYMENT, deployment())
                .json(REPLICA_SETS, "{\"items\":[" + replicaSet() + "]}")
                .json(PODS, "{\"items\":[" + pod() + "]}")
                .json(EVENTS, "{\"items\":[" + event("crashy-5d9c7b6f4-x2x9z") + "," + event("bystander-1") + "]}")
                .on(LOG, FakeApiServer.json(200, "starting\npassword=hunter2hunter2\nboom\n"));
    }

    static String deployment() {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"crashy","namespace":"demo","uid":"d-1",
                "managedFields":[{"manager":"x"}],
                "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","note":"kept"}},
                "spec":{"selector":{"matchLabels":{"app":"crashy"}}}}""";
    }

    static String replicaSet() {
        return """
                {"metadata":{"name":"crashy-5d9c7b6f4","namespace":"demo","uid":"r-1","ownerReferences":
                [{"apiVersion":"apps/v1","kind":"Deployment","name":"crashy","uid":"d-1","controller":true}]}}""";
    }

    static String pod() {
        return """
                {"metadata":{"name":"crashy-5d9c7b6f4-x2x9z","namespace":"demo","uid":"p-1","creationTimestamp":"2026-01-01T00:00:00Z",
                "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"crashy-5d9c7b6f4","uid":"r-1","controller":true}]},
                "spec":{"nodeName":"n","containers":[{"name":"app","env":[{"name":"DB_PASSWORD","value":"hunter2hunter2"}]}]},
                "status":{"phase":"Running","containerStatuses":[{"name":"app","ready":false,"restartCount":4,
                "state":{"waiting":{"reason":"CrashLoopBackOff"}},
                "lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-01-01T00:01:00Z"}}}]}}""";
    }

    static String event(String about) {
        return "{\"metadata\":{\"name\":\"" + about + ".1\",\"namespace\":\"demo\"},\"involvedObject\":{\"name\":\""
                + about
                + "\"},\"reason\":\"BackOff\",\"message\":\"token: abc123\",\"lastTimestamp\":\"2026-01-01T00:01:00Z\"}";
    }
}
