package io.k8sincident.scenarios;

/** Objects for tests. */
final class Manifests {
    private Manifests() {}

    /** A Deployment on busybox that runs this command (a JSON array). */
    static String deployment(String namespace, String name, String image, String command) {
        return """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "%1$s", "namespace": "%2$s", "labels": {"app": "%1$s"}},
                 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "%1$s"}},
                  "template": {"metadata": {"labels": {"app": "%1$s"}},
                   "spec": {"terminationGracePeriodSeconds": 1,
                    "containers": [{"name": "app", "image": "%3$s", "command": %4$s}]}}}}""".formatted(name, namespace, image, command);
    }

    static String healthy(String namespace, String name) {
        return deployment(namespace, name, "busybox:1.36", HTTPD);
    }

    static final String HTTPD = "[\"/bin/httpd\", \"-f\", \"-p\", \"8080\"]";

    /** A merge patch that gives the container another command. */
    static String command(String command) {
        return """
                {"spec": {"template": {"spec": {"containers": [
                  {"name": "app", "image": "busybox:1.36", "command": %s}]}}}}""".formatted(command);
    }
}
