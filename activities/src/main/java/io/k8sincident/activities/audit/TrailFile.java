package io.k8sincident.activities.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of a trail's file, while the caller holds its lock. Not thread-safe. */
final class TrailFile {
    private static final ObjectMapper MAPPER = WireFormat.mapper();
    private static final int STEP = 64 * 1024;

    private final Path path;
    private final FileChannel channel;

    TrailFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** The end of the chain. */
    record End(long sequence, String previous) {
        static final End START = new End(0, Digest.of(""));
    }

    /**
     * The last whole line; {@link End#START} for an empty file.
     *
     * @throws IOException if it is whole but no entry: the file was tampered with
     */
    End end() throws IOException {
        byte[] line = lastLine();
        if (line.length == 0) {
            return End.START;
        }
        ChainedEntry entry =
                parse(line).orElseThrow(() -> new IOException("the last line of " + path + " is no entry of a trail"));
        return new End(entry.sequence(), Digest.of(line));
    }

    /**
     * Moves a last line that was not finished to a file of its own and cuts it off.
     *
     * @return the details of what was found; empty if the last line is whole
     */
    Optional<Map<String, String>> cutTornTail() throws IOException {
        long whole = lastLineFeed(channel.size()) + 1;
        if (whole == channel.size()) {
            return Optional.empty();
        }
        byte[] torn = read(whole, (int) Math.min(channel.size() - whole, Integer.MAX_VALUE - 8));
        String digest = Digest.of(torn);
        Path kept = path.resolveSibling(path.getFileName() + ".torn-" + digest.substring(7, 19));
        Files.write(kept, torn);
        channel.truncate(whole);
        channel.force(true);
        return Optional.of(Map.of(
                "bytes", Integer.toString(torn.length),
                "digest", digest,
                "kept", kept.getFileName().toString()));
    }

    /** Appends the entries after {@code end} and makes them durable, or leaves the file as it was. */
    List<ChainedEntry> append(End end, List<TrailEntry> entries, Instant now) throws IOException {
        long size = channel.size();
        java.io.ByteArrayOutputStream lines = new java.io.ByteArrayOutputStream();
        List<ChainedEntry> chained = new java.util.ArrayList<>();
        End last = end;
        for (TrailEntry entry : entries) {
            ChainedEntry next = chain(last, entry, now);
            byte[] line = MAPPER.writeValueAsBytes(next);
            lines.writeBytes(line);
            lines.write('\n');
            chained.add(next);
            last = new End(next.sequence(), Digest.of(line));
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
            for (long at = size; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        return chained;
    }

    static Optional<ChainedEntry> parse(byte[] line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, ChainedEntry.class))
                    .filter(entry -> entry.sequence() > 0 && entry.previous() != null);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static ChainedEntry chain(End end, TrailEntry entry, Instant now) throws JsonProcessingException {
        return new ChainedEntry(
                end.sequence() + 1,
                now,
                entry.incident(),
                entry.runId(),
                entry.actor(),
                entry.event(),
                entry.detail(),
                Digest.ofCanonical(entry.detail()),
                end.previous());
    }

    private byte[] lastLine() throws IOException {
        long end = channel.size() - 1;
        if (end < 0) {
            return new byte[0];
        }
        long start = lastLineFeed(end) + 1;
        return read(start, (int) (end - start));
    }

    /** Position of the last line feed before this one, -1 if there is none. */
    private long lastLineFeed(long before) throws IOException {
        for (long to = before; to > 0; to -= STEP) {
            long from = Math.max(0, to - STEP);
            String step = new String(read(from, (int) (to - from)), StandardCharsets.ISO_8859_1);
            int found = step.lastIndexOf('\n');
            if (found >= 0) {
                return from + found;
            }
        }
        return -1;
    }

    private byte[] read(long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException(path + " became shorter while it was read");
            }
        }
        return buffer.array();
    }
}
