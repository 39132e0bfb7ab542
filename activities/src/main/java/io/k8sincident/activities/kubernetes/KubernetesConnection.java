package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to one cluster with one identity. Opening it reads the kubeconfig and sends nothing. Its HTTP client never
 * sends a request twice by itself; reads are retried above it. Thread-safe.
 */
public final class KubernetesConnection implements AutoCloseable {
    /** The name of the context of a process that runs in a pod and was given no kubeconfig. */
    public static final String IN_CLUSTER = "in-cluster";

    private final String context;
    private final Config config;
    private final HttpClient http;

    private KubernetesConnection(String context, Config config) {
        this.context = context;
        this.config = config;
        try {
            this.http = new DirectHttp().newBuilder(config).build();
        } catch (KubernetesClientException | UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ClusterException(
                    ErrorCode.INVALID_INPUT,
                    "The certificates or keys of context '" + context + "' cannot be used: " + cause.getMessage()
                            + ". Nothing was read or changed. Next: 'kubectl --context " + context + " version'.",
                    e);
        }
    }

    /**
     * Opens what kubectl would: the given file, else the files of KUBECONFIG, else {@code ~/.kube/config}, else the
     * service account of the pod that this process runs in; of a kubeconfig the given context, else its current one.
     *
     * @throws ClusterException INVALID_INPUT if there is none of these, or it is malformed, or has no such context
     */
    public static KubernetesConnection open(@Nullable Path kubeconfig, @Nullable String context) {
        return open(kubeconfig, context, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static KubernetesConnection open(
            @Nullable Path kubeconfig, @Nullable String context, Map<String, String> environment, Path home) {
        List<Path> files = kubeconfig == null ? files(environment, home) : List.of(kubeconfig);
        if (files.isEmpty()) {
            return inCluster(environment, home);
        }
        Kubeconfig merged =
                Kubeconfig.merged(files.stream().map(Kubeconfig::read).toList());
        String name = context == null ? merged.currentContext() : context;
        try {
            return new KubernetesConnection(name, ClientConfig.of(merged, name));
        } catch (UncheckedIOException e) {
            throw Kubeconfig.invalid(merged.file(), "context '" + name + "': " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Map<String, String> environment, Path home) {
        String listed = environment.getOrDefault("KUBECONFIG", "");
        if (!listed.isEmpty()) {
            List<Path> named = Arrays.stream(listed.split(File.pathSeparator, -1))
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .toList();
            List<Path> present = named.stream().filter(Files::exists).toList();
            return present.isEmpty() ? named.subList(0, Math.min(1, named.size())) : present;
        }
        Path usual = home.resolve(".kube").resolve("config");
        return Files.exists(usual) ? List.of(usual) : List.of();
    }

    private static KubernetesConnection inCluster(Map<String, String> environment, Path home) {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (host.isEmpty() || !ClientConfig.isInCluster()) {
            throw new ClusterException(
                    ErrorCode.INVALID_INPUT,
                    "There is no kubeconfig: KUBECONFIG is not set, "
                            + home.resolve(".kube").resolve("config")
                            + " does not exist, and this process does not run in a pod. Nothing was read or changed."
                            + " Next: give one with --kubeconfig, or start a cluster of your own with 'incident up'.");
        }
        return new KubernetesConnection(
                IN_CLUSTER, ClientConfig.inCluster(host, environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443")));
    }

    /** The context's name; {@link #IN_CLUSTER} if there is no kubeconfig. */
    public String context() {
        return context;
    }

    /** The namespace that the context names, else {@code default}. */
    public String namespace() {
        return config.getNamespace() == null ? "default" : config.getNamespace();
    }

    /** The address of the API server. */
    public String server() {
        return config.getMasterUrl().replaceAll("/+$", "");
    }

    /**
     * A client of its own with this identity, for writing: it never sends anything again by itself. The caller closes it.
     */
    public KubernetesClient openWriter() {
        Config once = new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
        return new KubernetesClientBuilder()
                .withConfig(once)
                .withHttpClientFactory(new DirectHttp())
                .build();
    }

    /** Reads for as long as this connection is open. */
    ApiReader reader() {
        return new ApiReader(http, server(), context);
    }

    @Override
    public void close() {
        http.close();
    }
}
