package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a trail while this process holds their lock. */
final class FileSession implements TrailSession {
    private static final String TORN_EVENT = "torn_tail_recovered";

    private final TrailFiles files;
    private final LineFile lines;
    private final KnownEnd known;
    private final Object fileKey;
    private final @Nullable TrailEntry torn;

    FileSession(TrailFiles files, FileChannel channel, KnownEnd known, Object fileKey) throws IOException {
        this.files = files;
        this.lines = new LineFile(files.current(), channel);
        this.known = known;
        this.fileKey = fileKey;
        this.torn = known.of(fileKey, lines.size()).isPresent() ? null : moveTornTail();
    }

    @Override
    public Optional<TrailEntry> found() {
        return Optional.ofNullable(torn);
    }

    @Override
    public ChainEnd end() throws IOException {
        Optional<ChainEnd> remembered = known.of(fileKey, lines.size());
        if (remembered.isPresent()) {
            return remembered.get();
        }
        byte[] line = lines.lastLine();
        if (line.length == 0 && lines.size() == 0) {
            return ChainEnd.START;
        }
        return ChainedLine.parse(line)
                .orElseThrow(() -> new IOException("the last line of " + files.current() + " is no entry of a trail"))
                .end();
    }

    @Override
    public void append(List<ChainedLine> added) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ChainedLine line : added) {
            bytes.writeBytes(line.bytes());
            bytes.write('\n');
        }
        boolean created = lines.size() == 0;
        known.forget();
        lines.append(bytes.toByteArray());
        known.remember(fileKey, lines.size(), added.get(added.size() - 1).end());
        if (created) {
            files.sync();
        }
    }

    @Override
    public Optional<Checkpoint> lastCheckpoint() throws IOException {
        if (!Files.exists(files.checkpoints())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(files.checkpoints(), StandardOpenOption.READ)) {
            byte[] line = new LineFile(files.checkpoints(), channel).lastLine();
            if (line.length == 0) {
                return Optional.empty();
            }
            return Optional.of(Checkpoint.parse(line)
                    .orElseThrow(
                            () -> new IOException("the last line of " + files.checkpoints() + " is no checkpoint")));
        }
    }

    @Override
    public void append(Checkpoint checkpoint) throws IOException {
        boolean created = !Files.exists(files.checkpoints());
        try (FileChannel channel = FileChannel.open(
                files.checkpoints(), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            LineFile file = new LineFile(files.checkpoints(), channel);
            // What a crash left unfinished was never told to anybody, and is made again from the lines.
            file.cutTornTail();
            file.append((checkpoint.line() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (created) {
            files.sync();
        }
    }

    @Override
    public void linesAfter(long sequence, LineSink sink) throws IOException {
        lines.lastLines(end().sequence() - sequence, sink);
    }

    /** Moves a last line that was not finished to a file of its own and cuts it off. */
    private @Nullable TrailEntry moveTornTail() throws IOException {
        byte[] tail = lines.tornTail();
        if (tail.length == 0) {
            return null;
        }
        String digest = Digest.of(tail);
        Path kept = files.current().resolveSibling(files.current().getFileName() + ".torn-" + digest.substring(7, 19));
        Files.write(kept, tail);
        lines.cutTornTail();
        return TrailEntry.of(
                "",
                "",
                TORN_EVENT,
                Map.of(
                        "bytes", Integer.toString(tail.length),
                        "digest", digest,
                        "kept", String.valueOf(kept.getFileName())));
    }
}
