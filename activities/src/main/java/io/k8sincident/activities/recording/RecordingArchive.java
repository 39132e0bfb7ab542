package io.k8sincident.activities.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Date;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A recording as a {@code .tar.gz} with one folder, {@code recording}, that says nothing of who made it. */
final class RecordingArchive {
    private static final String FOLDER = "recording/";
    private static final int OWNER_READS_AND_WRITES = 0100600;

    private RecordingArchive() {}

    static void write(SortedMap<String, byte[]> files, Path to, Instant at) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GZIPOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(to, StandardOpenOption.CREATE_NEW))),
                "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(FOLDER + file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(OWNER_READS_AND_WRITES);
                entry.setModTime(Date.from(at));
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }
}
