package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A {@code .tar.gz} unpacked into a temporary folder, which goes with {@link #close}. Only files and folders are taken;
 * a link, a device, a path that leads elsewhere, or more than is reasonable ends it with an error that names the entry.
 */
final class Unpacked implements AutoCloseable {
    static final int MOST_ENTRIES = 50_000;
    static final long MOST_BYTES = 512L << 20;

    private final Path folder;
    private final Path archive;
    private final long mostBytes;
    private final int mostEntries;
    private long bytes;
    private int entries;

    private Unpacked(Path archive, Path folder, long mostBytes, int mostEntries) {
        this.archive = archive;
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
    }

    /** Whether a file is compressed with gzip (RFC 1952, 2.3.1), whatever its name. */
    static boolean gzip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
    }

    /** @throws ClusterException if it is no such archive, or holds what is not unpacked; nothing is left then */
    static Unpacked of(Path archive) {
        return of(archive, MOST_BYTES, MOST_ENTRIES);
    }

    static Unpacked of(Path archive, long mostBytes, int mostEntries) {
        Unpacked unpacked;
        try {
            unpacked = new Unpacked(archive, Files.createTempDirectory("incident-"), mostBytes, mostEntries);
        } catch (IOException e) {
            throw RecordingProblem.unreadable(archive, e);
        }
        try {
            unpacked.unpack();
            return unpacked;
        } catch (IOException e) {
            unpacked.close();
            throw RecordingProblem.of(
                    archive,
                    "cannot be unpacked: " + e.getMessage(),
                    "make it again: incident record --to PATH.tar.gz");
        } catch (ClusterException e) {
            unpacked.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    private void unpack() throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))), "UTF-8")) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                add(tar, entry);
                entry = tar.getNextEntry();
            }
            if (entries == 0) {
                throw RecordingProblem.of(
                        archive, "is no tar archive, or an empty one", "give a .tar.gz of a recording");
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void add(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String name = entry.getName();
        if (++entries > mostEntries) {
            throw refused(name, "is one of more than " + mostEntries);
        }
        if (entry.isSymbolicLink() || entry.isLink()) {
            throw refused(name, "is a link");
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw refused(name, "is neither a file nor a folder");
        }
        Path path = within(name);
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent() == null ? folder : path.getParent());
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "is there twice");
        }
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            copy(tar, out, name);
        }
    }

    /** Counts what comes out: what an entry says of its size need not be so, and little can become much. */
    private void copy(InputStream in, OutputStream out, String name) throws IOException {
        byte[] buffer = new byte[65_536];
        int count = in.read(buffer);
        while (count >= 0) {
            bytes += count;
            if (bytes > mostBytes) {
                throw refused(name, "makes it more than " + mostBytes + " bytes unpacked");
            }
            out.write(buffer, 0, count);
            count = in.read(buffer);
        }
    }

    private Path within(String name) {
        try {
            Path path = folder.resolve(name).normalize();
            if (name.startsWith("/") || name.contains("\\") || name.contains("..") || !path.startsWith(folder)) {
                throw refused(name, "leads out of the archive");
            }
            return path;
        } catch (InvalidPathException e) {
            throw refused(name, "has a name that no file can have");
        }
    }

    private ClusterException refused(String entry, String why) {
        return RecordingProblem.of(
                archive,
                "is not unpacked: its entry '" + entry + "' " + why,
                "unpack it yourself if you trust it, and give the folder");
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // What a temporary folder leaves behind is no reason to lose a diagnosis.
        }
    }
}
