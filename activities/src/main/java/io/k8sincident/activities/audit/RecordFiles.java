package io.k8sincident.activities.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The files {@code remediate-<time>-<id>.json}: each is written once, whole or not at all. Thread-safe. */
final class RecordFiles {
    private static final ObjectMapper JSON = WireFormat.mapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;

    RecordFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes it, unless it is there already, and returns where. Its name depends on the record alone. */
    Path write(RemediationRecord remediation) {
        String id =
                Digest.of(remediation.incident() + "\n" + remediation.runId()).substring(7, 15);
        Path path = directory.resolve("remediate-" + STAMP.format(remediation.timestamp()) + "-" + id + ".json");
        try {
            Files.createDirectories(directory);
            if (!Files.exists(path)) {
                create(path, JSON.writeValueAsBytes(remediation));
            }
            return path;
        } catch (IOException e) {
            throw new AuditUnavailableException(
                    "the remediation record " + path + " cannot be written (" + e
                            + "). The cluster is not touched by this. Next: free the disk or correct its rights; it is"
                            + " tried again",
                    e);
        }
    }

    private void create(Path path, byte[] content) throws IOException {
        Path unfinished = Files.createTempFile(directory, ".remediate-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            // A link, unlike a move, never replaces what another attempt has finished meanwhile.
            Files.createLink(path, unfinished);
        } catch (FileAlreadyExistsException e) {
            // Another attempt has written the same record.
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
