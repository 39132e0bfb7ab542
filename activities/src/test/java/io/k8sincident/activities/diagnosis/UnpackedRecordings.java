package io.k8sincident.activities.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The archives of recordings among the test resources, unpacked once for a run into a folder of the build. */
final class UnpackedRecordings {
    static final List<String> SETS = List.of("recordings", "recordings-more", "recordings-quiet");
    private static final Path FOLDER = unpack();

    private UnpackedRecordings() {}

    /** The folder of a set. */
    static Path set(String name) {
        return FOLDER.resolve(name);
    }

    static InputStream resource(String name) {
        InputStream resource = UnpackedRecordings.class.getResourceAsStream("/recordings/" + name);
        if (resource == null) {
            throw new IllegalStateException("there is no test resource recordings/" + name);
        }
        return resource;
    }

    private static Path unpack() {
        try {
            Path classes = Path.of(UnpackedRecordings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path parent = Files.createDirectories(classes.resolveSibling("recordings"));
            Path folder = Files.createTempDirectory(parent, "run-");
            for (String set : SETS) {
                unpack(set, folder);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(String set, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(resource(set + ".tar.gz")), "UTF-8")) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Path path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                }
                entry = tar.getNextEntry();
            }
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
