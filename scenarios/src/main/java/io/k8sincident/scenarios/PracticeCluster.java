package io.k8sincident.scenarios;

import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.controllers.ControlLoop;
import io.k8sincident.scenarios.controllers.DeploymentController;
import io.k8sincident.scenarios.controllers.EndpointsController;
import io.k8sincident.scenarios.controllers.GarbageCollector;
import io.k8sincident.scenarios.controllers.NamespaceController;
import io.k8sincident.scenarios.controllers.ReplicaSetController;
import io.k8sincident.scenarios.controllers.Scheduler;
import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.kubelet.Kubelet;
import io.k8sincident.scenarios.server.ApiServer;
import io.k8sincident.scenarios.server.Faults;
import io.k8sincident.scenarios.server.Identity;
import io.k8sincident.scenarios.server.RequestLog;
import io.k8sincident.scenarios.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A small simulated Kubernetes cluster for practice and tests: an API server on loopback, the controllers of
 * Deployments, ReplicaSets, Services and namespaces, a scheduler, and kubelets that only pretend. What it holds is lost
 * when it ends. Thread-safe.
 */
public final class PracticeCluster implements AutoCloseable {
    private final ObjectStore store = new ObjectStore();
    private final Faults faults = new Faults();
    private final RequestLog requests;
    private final ControlLoop loop;
    private final ApiServer server;
    private final Optional<Identity> identity;

    private PracticeCluster(PracticeOptions options) throws IOException {
        this.identity = options.tls() ? Optional.of(Identity.create()) : Optional.empty();
        Lifecycle lifecycle = new Lifecycle();
        SimulatedTime time = new SimulatedTime(options.timeScale());
        Kubelet kubelet = new Kubelet(store, time);
        NamespaceController namespaces = new NamespaceController(store, lifecycle);
        Seed.plant(store, lifecycle);
        namespaces.reconcile();
        this.requests = new RequestLog(options.auditLog());
        this.loop = new ControlLoop(
                store,
                time,
                List.of(
                        namespaces,
                        new DeploymentController(store, lifecycle, time),
                        new ReplicaSetController(store, lifecycle, time),
                        new Scheduler(store, time),
                        kubelet,
                        new EndpointsController(store, lifecycle),
                        new GarbageCollector(store)));
        try {
            this.server = new ApiServer(store, lifecycle, kubelet, requests, faults, options.port(), identity);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /**
     * Starts a cluster and waits until it answers.
     *
     * @throws UncheckedIOException where the port is taken or the kubeconfig cannot be written; nothing runs then
     */
    public static PracticeCluster start(PracticeOptions options) {
        try {
            PracticeCluster cluster = new PracticeCluster(options);
            try {
                if (options.kubeconfig().isPresent()) {
                    Kubeconfig.write(options.kubeconfig().get(), cluster.kubeconfig());
                }
                return cluster;
            } catch (IOException e) {
                cluster.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the practice cluster could not start on port " + options.port(), e);
        }
    }

    /** Where its API is. */
    public URI uri() {
        return server.uri();
    }

    /** The text of a kubeconfig for it. */
    public String kubeconfig() {
        return Kubeconfig.text(uri(), identity);
    }

    /** The requests that it has answered. */
    public RequestLog requests() {
        return requests;
    }

    /** Failures to be met by coming requests. */
    public Faults faults() {
        return faults;
    }

    /** Forgets the change log, so that watches from earlier versions are answered with 410 Gone. */
    public void forgetChanges() {
        store.compact();
    }

    @Override
    public void close() {
        server.close();
        loop.close();
    }

    /** Runs a cluster until it is asked to end; see {@link PracticeOptions#parse} for the arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        PracticeOptions options;
        PracticeCluster cluster;
        try {
            options = PracticeOptions.parse(arguments);
            cluster = start(options);
        } catch (IllegalArgumentException e) {
            System.err.println("practice cluster: " + e.getMessage() + ". Nothing was started.");
            System.exit(2);
            return;
        } catch (UncheckedIOException e) {
            System.err.println("practice cluster: " + e.getMessage() + " (" + e.getCause()
                    + "). Nothing is running. Try --port 0.");
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "shutdown"));
        String file = options.kubeconfig()
                .map(path -> " kubeconfig " + path.toAbsolutePath())
                .orElse("");
        System.out.println("practice cluster ready " + cluster.uri() + file);
        if (options.exitWithParent()) {
            awaitEndOfInput();
            System.exit(0);
        }
        Thread.currentThread().join();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // what a parent writes is of no interest, only that it is there
            }
        } catch (IOException e) {
            // a broken pipe is an end, too
        }
    }
}
