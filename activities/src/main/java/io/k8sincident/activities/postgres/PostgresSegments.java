package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.SegmentRecord;
import io.k8sincident.activities.audit.store.TrailFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Retention of a trail in PostgreSQL: closed segments are written to files as a trail in files has them, which verify by
 * themselves. The rows stay; only their owner takes them away.
 */
public final class PostgresSegments {
    private final Database database;
    private final TrailFiles archive;

    /** @param directory where the files go; those that are there already stay as they are */
    public PostgresSegments(Database database, Path directory) {
        this.database = database;
        this.archive = new TrailFiles(directory);
    }

    /**
     * Begins a new segment, and writes all closed ones that are not in the directory yet, and all checkpoints.
     *
     * @return the files of the closed segments that were written
     */
    public List<Path> start(Seals seals, Clock clock) throws IOException {
        var unused = new PostgresTrailStore(database).exclusively(session -> {
            List<Long> starts = starts();
            Path closed = archive.closed(starts.isEmpty() ? 1 : starts.get(starts.size() - 1));
            session.append(List.of(SegmentRecord.after(session, seals, clock, String.valueOf(closed.getFileName()))));
            return closed;
        });
        return write();
    }

    private List<Path> write() throws IOException {
        Files.createDirectories(archive.directory());
        List<Path> written = new ArrayList<>();
        List<Long> starts = starts();
        for (int i = 0; i + 1 < starts.size(); i++) {
            Path file = archive.closed(starts.get(i));
            if (!Files.exists(file)) {
                write(PostgresLines.records(database, starts.get(i), starts.get(i + 1)), file);
                written.add(file);
            }
        }
        write(PostgresLines.checkpoints(database), archive.checkpoints());
        return written;
    }

    private void write(PostgresLines lines, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel);
                InputStream in = lines.open()) {
            var unused = in.transferTo(out);
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where segments begin: the oldest record that is there, and each that says so. */
    private List<Long> starts() throws IOException {
        String sql = "(SELECT sequence FROM incident.audit_record ORDER BY sequence LIMIT 1) UNION"
                + " SELECT sequence FROM incident.audit_record WHERE incident = '' AND event = ? ORDER BY 1";
        try {
            return database.repeatably(connection -> {
                List<Long> starts = new ArrayList<>();
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    select.setString(1, SegmentRecord.EVENT);
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            starts.add(rows.getLong(1));
                        }
                    }
                }
                return starts;
            });
        } catch (SQLException e) {
            throw new IOException(SqlStates.explain(database.name(), e), e);
        }
    }
}
