package io.k8sincident.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kubeconfig as kubectl does: the option, {@code KUBECONFIG}, then the practice cluster of a local stack that
 * runs here, then {@code ~/.kube/config}, then the account of the pod that this runs in.
 */
final class Kubeconfig {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int RETRIES = 2;

    private final Surroundings surroundings;

    Kubeconfig(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * The client configuration for this choice.
     *
     * @throws Problem if there is no kubeconfig, or it cannot be used
     */
    Config read(ClusterChoice choice) {
        Optional<Path> file = file(choice);
        Config config = file.map(path -> parse(path, choice.context())).orElseGet(this::ofPod);
        return new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
    }

    private Optional<Path> file(ClusterChoice choice) {
        if (choice.kubeconfig() != null) {
            return Optional.of(surroundings.directory().resolve(choice.kubeconfig()));
        }
        String variable = surroundings.variable("KUBECONFIG");
        if (!variable.isEmpty()) {
            return Optional.of(Arrays.stream(variable.split(Pattern.quote(File.pathSeparator), -1))
                    .filter(part -> !part.isBlank())
                    .map(part -> surroundings.directory().resolve(part))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.error("KUBECONFIG names no file that exists: " + variable, "correct KUBECONFIG")));
        }
        Optional<Path> local = choice.context() == null
                ? new LocalStackFile(surroundings).running().map(stack -> Path.of(stack.kubeconfig()))
                : Optional.empty();
        return local.or(() -> Optional.of(Path.of(surroundings.variable("HOME"), ".kube", "config"))
                .filter(Files::exists));
    }

    private static Config parse(Path file, @Nullable String context) {
        if (!Files.isReadable(file)) {
            throw Problem.error("the kubeconfig " + file + " cannot be read", "name another with --kubeconfig");
        }
        try {
            Config config = Config.fromKubeconfig(context, file.toFile());
            if (config.getMasterUrl() == null || config.getMasterUrl().isEmpty()) {
                throw new IllegalArgumentException("it names no server for this context");
            }
            return config;
        } catch (RuntimeException e) {
            throw Problem.error(
                            "the kubeconfig " + file + " cannot be used"
                                    + (context == null ? "" : " with context " + context) + ": " + firstLine(e),
                            "kubectl config get-contexts --kubeconfig " + file)
                    .causedBy(e);
        }
    }

    private Config ofPod() {
        if (surroundings.variable("KUBERNETES_SERVICE_HOST").isEmpty()) {
            throw Problem.error(
                    "there is no kubeconfig: neither --kubeconfig, KUBECONFIG nor ~/.kube/config",
                    "incident up runs a practice cluster; incident triage --from PATH reads a recording");
        }
        return new ConfigBuilder().withAutoConfigure(true).build();
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
    }
}
