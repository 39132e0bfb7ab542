package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The archives of recordings among the test resources, unpacked once into a folder of the build. */
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

    /** Named after what the archives hold, so that it is never stale and the processes of a build can share it. */
    private static Path unpack() {
        try {
            Path parent = Files.createDirectories(classes().resolveSibling("recordings"));
            Path folder = parent.resolve(digest());
            if (Files.isDirectory(folder)) {
                return folder;
            }
            Path unfinished = Files.createTempDirectory(parent, "unpacking-");
            for (String set : SETS) {
                unpack(set, unfinished);
            }
            publish(unfinished, folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process may have been faster. */
    private static void publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            delete(unfinished);
        }
    }

    private static Path classes() {
        try {
            return Path.of(UnpackedRecordings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String set : SETS) {
            try (InputStream archive = resource(set + ".tar.gz")) {
                archive.transferTo(all);
            }
        }
        return Digest.of(all.toByteArray()).substring("sha256:".length()).substring(0, 16);
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
