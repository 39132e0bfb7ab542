package io.k8sincident.worker.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.k8sincident.scenarios.PracticeCluster;
import io.k8sincident.scenarios.PracticeOptions;
import io.k8sincident.scenarios.server.Faults.Fault;
import io.k8sincident.workflows.model.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/**
 * A practice cluster, on which many Deployments worked before their last change and crash since, and StatefulSets wait for a
 * pod that crashes.
 */
final class CrashingCluster implements AutoCloseable {
    private static final String NAMESPACE = "demo";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "%1$s", namespace: demo}
            spec:
              replicas: 1
              selector: {matchLabels: {app: "%1$s"}}
              template:
                metadata: {labels: {app: "%1$s"}}
                spec:
                  containers:
                  - {name: app, image: "busybox:1.36", command: ["%2$s", "-f", "-v", "-p", "8080"]}
            """;

    private final PracticeCluster cluster;
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Path auditLog;
    private final StuckSets sets;

    /** @param speed how much faster than in life the cluster's time goes */
    CrashingCluster(Path folder, double speed) {
        this.kubeconfig = folder.resolve("kubeconfig");
        this.auditLog = folder.resolve("audit.log");
        this.cluster = PracticeCluster.start(PracticeOptions.defaults()
                .withTimeScale(speed)
                .withKubeconfig(kubeconfig)
                .withAuditLog(auditLog));
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
        this.sets = new StuckSets(client, NAMESPACE);
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}\n");
        // Its uid is under each signature.
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n");
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Path auditLog() {
        return auditLog;
    }

    /** Deploys what works, and then what crashes; returns when all of it does. */
    void crash(List<String> names) {
        List<String> stuck = names.stream().filter(StuckSets::isOne).toList();
        List<String> deployed =
                names.stream().filter(name -> !StuckSets.isOne(name)).toList();
        stuck.forEach(sets::crash);
        deployed.forEach(name -> apply(MANIFEST.formatted(name, "/bin/httpd")));
        deployed.forEach(name -> Awaitility.await().atMost(PATIENCE).until(() -> ready(name)));
        deployed.forEach(name -> apply(MANIFEST.formatted(name, "/bin/httpdd")));
        names.forEach(name -> Awaitility.await().atMost(PATIENCE).until(() -> crashes(name)));
        stuck.forEach(sets::mend);
    }

    static Target target(String name) {
        return StuckSets.isOne(name)
                ? new Target("apps/v1", "StatefulSet", NAMESPACE, name, null)
                : Target.deployment(NAMESPACE, name);
    }

    /** The only path to which the agent may write about the object of this name. */
    static String written(String name) {
        return StuckSets.isOne(name)
                ? "/api/v1/namespaces/" + NAMESPACE + "/pods/" + StuckSets.pod(name) + "/eviction"
                : "/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments/" + name;
    }

    /** Does what the controller of the StatefulSets has to do now. */
    void attend() {
        sets.attend();
    }

    /** Takes it away with its pods, which else would crash on. */
    void remove(String name) {
        if (StuckSets.isOne(name)) {
            sets.remove(name);
        } else {
            client.apps().deployments().inNamespace(NAMESPACE).withName(name).delete();
        }
    }

    /** Changes the object as somebody else would. */
    void edit(String name) {
        client.apps().deployments().inNamespace(NAMESPACE).withName(name).scale(2);
    }

    /**
     * At the next write of the agent the death strikes: it has arrived, and will be carried out or not.
     *
     * @return whether it has struck
     */
    AtomicBoolean atNextWrite(Runnable death, boolean carriedOut) {
        AtomicBoolean struck = new AtomicBoolean();
        cluster.faults()
                .next(
                        1,
                        request -> (request.method().equals("PATCH")
                                        || request.path().endsWith("/eviction"))
                                && request.userAgent().startsWith("k8s-incident-agent")
                                && !request.parameter("dryRun").equals("All")
                                && struck.compareAndSet(false, true)
                                && dead(death),
                        carriedOut ? new Fault.ResetAfter() : new Fault.ResetBefore());
        return struck;
    }

    private static boolean dead(Runnable death) {
        death.run();
        return true;
    }

    private boolean ready(String name) {
        Integer ready = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get()
                .getStatus()
                .getReadyReplicas();
        return ready != null && ready == 1;
    }

    private boolean crashes(String name) {
        return client.pods().inNamespace(NAMESPACE).withLabel("app", name).list().getItems().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .anyMatch(status ->
                        status.getLastState() != null && status.getLastState().getTerminated() != null);
    }

    private void apply(String yaml) {
        client.resource(yaml).forceConflicts().serverSideApply();
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
