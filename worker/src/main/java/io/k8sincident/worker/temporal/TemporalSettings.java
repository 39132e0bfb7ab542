package io.k8sincident.worker.temporal;

import io.k8sincident.worker.config.ConfigurationException;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Temporal server and namespace, from Temporal's own client configuration: {@code TEMPORAL_ADDRESS},
 * {@code TEMPORAL_NAMESPACE}, TLS, API key, and the profile file. Without any, a development server's usual address.
 *
 * @param profile with address and namespace filled in
 */
public record TemporalSettings(ClientConfigProfile profile) {
    private static final String USUAL_ADDRESS = "127.0.0.1:7233";
    private static final String USUAL_NAMESPACE = "default";
    private static final Pattern ENDS_WITH_PORT = Pattern.compile("[^\\s]+:([1-9][0-9]{0,4})");

    /**
     * Reads them from this environment and the file that it names.
     *
     * @throws ConfigurationException if they cannot be used
     */
    public static TemporalSettings load(Map<String, String> environment) {
        check(environment);
        ClientConfigProfile profile = profile(environment);
        String address = orElse(profile.getAddress(), USUAL_ADDRESS);
        if (!usable(address)) {
            throw new ConfigurationException(
                    "TEMPORAL_ADDRESS",
                    "is \"" + address + "\", which is not host:port",
                    "set it to host:port, such as TEMPORAL_ADDRESS=" + USUAL_ADDRESS);
        }
        return new TemporalSettings(profile.toBuilder()
                .setAddress(address)
                .setNamespace(orElse(profile.getNamespace(), USUAL_NAMESPACE))
                .build());
    }

    public String address() {
        return profile.getAddress();
    }

    public String namespace() {
        return profile.getNamespace();
    }

    /**
     * How to connect.
     *
     * @throws ConfigurationException if a certificate or key cannot be used
     */
    WorkflowServiceStubsOptions stubsOptions() {
        try {
            return profile.toWorkflowServiceStubsOptions();
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "the TLS configuration of Temporal",
                    "cannot be used (" + rootMessage(e) + ")",
                    "correct TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH and"
                            + " TEMPORAL_TLS_SERVER_CA_CERT_PATH, or the profile's tls section");
        }
    }

    /** What Temporal's own reader would take silently for something else. */
    private static void check(Map<String, String> environment) {
        String tls = environment.getOrDefault("TEMPORAL_TLS", "");
        if (!tls.isEmpty() && !tls.equalsIgnoreCase("true") && !tls.equalsIgnoreCase("false")) {
            throw new ConfigurationException("TEMPORAL_TLS", "is \"" + tls + "\"", "set it to true or false");
        }
        String file = environment.getOrDefault("TEMPORAL_CONFIG_FILE", "");
        if (!file.isEmpty() && !Files.isRegularFile(Path.of(file))) {
            throw new ConfigurationException(
                    "TEMPORAL_CONFIG_FILE", "names \"" + file + "\", which is not a file", "correct or unset it");
        }
    }

    private static ClientConfigProfile profile(Map<String, String> environment) {
        try {
            return ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .setDisableFile(holdsNoProfile(environment))
                    .build());
        } catch (ConfigurationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ConfigurationException(
                    "Temporal's client configuration",
                    "cannot be read (" + rootMessage(e) + ")",
                    "correct the file that TEMPORAL_CONFIG_FILE names, or TEMPORAL_PROFILE");
        }
    }

    /** Temporal's reader stumbles over a file without any profile, such as an empty one. */
    private static boolean holdsNoProfile(Map<String, String> environment) throws IOException {
        String file = environment.getOrDefault("TEMPORAL_CONFIG_FILE", "");
        if (file.isEmpty() || Files.readString(Path.of(file)).contains("profile")) {
            return false;
        }
        String wanted = environment.getOrDefault("TEMPORAL_PROFILE", "");
        if (!wanted.isEmpty()) {
            throw new ConfigurationException(
                    "TEMPORAL_PROFILE",
                    "is \"" + wanted + "\", which " + file + " does not hold",
                    "correct or unset it");
        }
        return true;
    }

    private static boolean usable(String address) {
        var match = ENDS_WITH_PORT.matcher(address);
        return match.matches() && Integer.parseInt(match.group(1)) <= 65535;
    }

    private static String orElse(@Nullable String value, String usual) {
        return value == null || value.isEmpty() ? usual : value;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName()
                + ": "
                + String.valueOf(root.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
