package io.k8sincident.cli.cluster;

import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The scenarios that come with the program: folders in the jar of module {@code scenarios}, each with
 * {@code manifest.yaml}, {@code broken.yaml} if it breaks in a second step, and {@code expected.yaml}, whose summary says
 * what it is about.
 */
public final class Scenarios {
    private static final String FOLDER = "scenarios/";
    private static final String MANIFEST = "/manifest.yaml";
    private static final String EXPECTED = "/expected.yaml";
    private static final String BROKEN = "/broken.yaml";

    private final Program program;

    private Scenarios(Program program) {
        this.program = program;
    }

    public static Scenarios of(Program program) {
        return new Scenarios(program);
    }

    /** Their names, in order. */
    public List<String> names() {
        try (ZipFile jar = open()) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(FOLDER) && name.endsWith(MANIFEST))
                    .map(name -> name.substring(FOLDER.length(), name.length() - MANIFEST.length()))
                    .filter(name -> !name.contains("/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One of them.
     *
     * @throws Problem if there is none with this name
     */
    public Scenario named(String name) {
        if (!names().contains(name)) {
            throw Problem.usage("there is no scenario '" + name + "'", "one of " + String.join(", ", names()));
        }
        try (ZipFile jar = open()) {
            String manifest = text(jar, FOLDER + name + MANIFEST).orElse("");
            String broken = text(jar, FOLDER + name + BROKEN).orElse("");
            String expected = text(jar, FOLDER + name + EXPECTED).orElse("{}");
            return new Scenario(
                    name,
                    field(expected, "summary"),
                    field(expected, "family"),
                    field(expected, "needs").isEmpty(),
                    Manifest.parse(name + MANIFEST, manifest),
                    Manifest.parse(name + BROKEN, broken));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ZipFile open() throws IOException {
        return new ZipFile(program.jar("scenarios").toFile());
    }

    private static Optional<String> text(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        return entry == null
                ? Optional.empty()
                : Optional.of(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String field(String expected, String name) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(expected);
        return document instanceof Map<?, ?> fields && fields.get(name) != null ? String.valueOf(fields.get(name)) : "";
    }
}
