package io.k8sincident.activities.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A policy's file, read anew at each evaluation, so that a change counts at once, also for what was approved before it.
 * Thread-safe.
 */
public final class PolicyFile implements Supplier<Policy> {
    private static final String DEFAULT = "/policy/default.yaml";
    private static final long LARGEST = 256 * 1024;

    private final Path path;

    public PolicyFile(Path path) {
        this.path = path;
    }

    /** The policy that comes with the program: namespace {@code demo} only. */
    public static Policy shipped() {
        return Policy.parse("default.yaml", shippedText());
    }

    /** The text of {@link #shipped()}, to start one's own from. */
    public static String shippedText() {
        try (InputStream resource = PolicyFile.class.getResourceAsStream(DEFAULT)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its resource " + DEFAULT);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The policy as the file is now.
     *
     * @throws PolicyException if it cannot be read or used
     */
    @Override
    public Policy get() {
        String name = String.valueOf(path.getFileName());
        try {
            if (Files.size(path) > LARGEST) {
                throw new PolicyException(name + ":1: is larger than " + LARGEST + " bytes; a policy is a short file");
            }
            return Policy.parse(name, Files.readString(path), folder());
        } catch (CharacterCodingException e) {
            throw new PolicyException(name + ":1: is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new PolicyException(name + ":1: the policy " + path + " cannot be read (" + e
                    + "); name an existing file, or start without one for the default policy");
        }
    }

    private Path folder() {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }
}
