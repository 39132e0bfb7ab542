package io.k8sincident.worker.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.k8sincident.worker.config.ConfigurationException;
import io.k8sincident.worker.config.WorkerSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cluster as kubectl does: the named kubeconfig (of a list, the first that exists), {@code ~/.kube/config},
 * the account of the pod that this runs in.
 */
public final class ClusterConfig {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;

    private ClusterConfig() {}

    /**
     * The client configuration, with bounded times.
     *
     * @throws ConfigurationException if there is none, or it cannot be used
     */
    public static Config find(WorkerSettings settings, Map<String, String> environment) {
        Optional<Path> file = named(settings.kubeconfig())
                .or(() -> existing(Path.of(environment.getOrDefault("HOME", "."), ".kube", "config")));
        Config config = file.map(path -> parse(path, settings.context())).orElseGet(() -> ofPod(environment));
        return new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .build();
    }

    private static Optional<Path> named(@Nullable String list) {
        return list == null
                ? Optional.empty()
                : Arrays.stream(list.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(part -> !part.isBlank())
                        .flatMap(part -> existing(Path.of(part)).stream())
                        .findFirst();
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static Config parse(Path file, @Nullable String context) {
        try {
            Config config = Config.fromKubeconfig(context, file.toFile());
            NamedContext used = config.getCurrentContext();
            if (used == null) {
                throw new IllegalArgumentException("it has no current context");
            }
            // The client library falls back to the current context, and so to another cluster, without a word.
            if (context != null && !context.equals(used.getName())) {
                throw new IllegalArgumentException("it has no context " + context);
            }
            return config;
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "the kubeconfig " + file,
                    "cannot be used: " + firstLine(e),
                    "see `kubectl config get-contexts --kubeconfig " + file
                            + "`, then set KUBECONFIG or INCIDENT_CONTEXT");
        }
    }

    private static Config ofPod(Map<String, String> environment) {
        if (environment.getOrDefault("KUBERNETES_SERVICE_HOST", "").isEmpty()) {
            throw new ConfigurationException(
                    "KUBECONFIG",
                    "is not set, there is no ~/.kube/config, and this is not a pod",
                    "set KUBECONFIG, or run `incident up` for a practice cluster");
        }
        return new ConfigBuilder().withAutoConfigure(true).build();
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
    }
}
