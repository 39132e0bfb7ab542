package io.k8sincident.cli.temporal;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which Temporal server to use: Temporal's own environment and profile file, else the stack that runs on this machine,
 * else a development server's usual address.
 *
 * @param profile as it will be used, address and namespace filled in
 * @param origin where the address comes from, in words
 */
public record TemporalSettings(ClientConfigProfile profile, String origin) {
    private static final String USUAL_ADDRESS = "127.0.0.1:7233";

    /**
     * Reads them.
     *
     * @throws Problem if Temporal's profile file cannot be read
     */
    public static TemporalSettings of(Surroundings surroundings) {
        ClientConfigProfile profile = profile(surroundings);
        if (present(profile.getAddress())) {
            return new TemporalSettings(complete(profile, profile.getAddress(), "default"), "Temporal's configuration");
        }
        Optional<LocalStack> stack = new LocalStackFile(surroundings).running();
        return stack.map(local -> new TemporalSettings(
                        complete(profile, local.temporalAddress(), local.temporalNamespace()), "runs/up.json"))
                .orElseGet(
                        () -> new TemporalSettings(complete(profile, USUAL_ADDRESS, "default"), "the usual address"));
    }

    /** Those of the servers that this process runs, whatever the environment says of others. */
    public static TemporalSettings of(LocalStack stack) {
        return new TemporalSettings(
                complete(ClientConfigProfile.getDefaultInstance(), stack.temporalAddress(), stack.temporalNamespace()),
                "the local servers");
    }

    public String address() {
        return profile.getAddress();
    }

    public String namespace() {
        return profile.getNamespace();
    }

    private static ClientConfigProfile profile(Surroundings surroundings) {
        try {
            return ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(surroundings.environment())
                    .setDisableFile(!mayHaveFile(surroundings))
                    .build());
        } catch (IOException | RuntimeException e) {
            throw Problem.error(
                            "Temporal's client configuration cannot be read: " + e.getMessage(),
                            "correct the file named by TEMPORAL_CONFIG_FILE, or unset TEMPORAL_PROFILE")
                    .causedBy(e);
        }
    }

    /** Without a file, its reader is not needed either: a tenth of a second, which the inbox would notice. */
    private static boolean mayHaveFile(Surroundings surroundings) {
        Map<String, String> environment = surroundings.environment();
        if (present(environment.get("TEMPORAL_CONFIG_FILE")) || present(environment.get("TEMPORAL_PROFILE"))) {
            return true;
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        return Stream.of(
                        home.resolve(".config"),
                        home.resolve("Library").resolve("Application Support"),
                        Path.of(environment.getOrDefault("APPDATA", "")))
                .anyMatch(directory -> Files.exists(directory.resolve("temporalio")));
    }

    private static ClientConfigProfile complete(ClientConfigProfile profile, String address, String namespace) {
        return profile.toBuilder()
                .setAddress(address)
                .setNamespace(present(profile.getNamespace()) ? profile.getNamespace() : namespace)
                .build();
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
