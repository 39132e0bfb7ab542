package io.k8sincident.cli.signing;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Who a person is when they sign, as {@code incident init} keeps it in {@code signer.properties}, and with the key that
 * breaks the glass in {@code break-glass.properties}.
 *
 * @param name as in the file of allowed signers
 * @param key private, or public with the private half in an agent
 */
public record SignerProfile(String name, Path key) {
    private static final String NAME = "name";
    private static final String KEY = "key";

    /** {@code $XDG_CONFIG_HOME/k8s-incident-agent}, else that below {@code ~/.config}; empty without a home. */
    static Optional<Path> folder(Surroundings surroundings) {
        String config = surroundings.variable("XDG_CONFIG_HOME");
        String home = surroundings.variable("HOME");
        if (config.isEmpty() && home.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                (config.isEmpty() ? Path.of(home, ".config") : Path.of(config)).resolve("k8s-incident-agent"));
    }

    static Path file(Path folder, Purpose purpose) {
        return folder.resolve(purpose == Purpose.DECISION ? "signer.properties" : "break-glass.properties");
    }

    /**
     * The one that was kept; empty before {@code incident init}.
     *
     * @throws Problem if the file is damaged
     */
    public static Optional<SignerProfile> kept(Surroundings surroundings, Purpose purpose) {
        Optional<Path> file =
                folder(surroundings).map(folder -> file(folder, purpose)).filter(Files::exists);
        return file.map(SignerProfile::read);
    }

    private static SignerProfile read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage())).causedBy(e);
        }
        String name = properties.getProperty(NAME, "");
        String key = properties.getProperty(KEY, "");
        if (name.isBlank() || key.isBlank()) {
            throw damaged(file, "it lacks '" + (name.isBlank() ? NAME : KEY) + "'");
        }
        return new SignerProfile(name, Path.of(key));
    }

    private static Problem damaged(Path file, String why) {
        return Problem.error(file + " cannot be used: " + why, "remove it, then incident init");
    }

    void write(Path folder, Purpose purpose) {
        Properties properties = new Properties();
        properties.setProperty(NAME, name);
        properties.setProperty(KEY, key.toString());
        StringWriter text = new StringWriter();
        try {
            Files.createDirectories(folder);
            properties.store(text, "Who I am when I approve: incident init");
            Files.writeString(file(folder, purpose), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
