package io.k8sincident.activities.audit.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record as the line that is kept of it. Immutable: nobody changes the bytes that were given or taken. */
public final class ChainedLine {
    private static final ObjectMapper MAPPER =
            WireFormat.mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectReader READER = MAPPER.readerFor(ChainedEntry.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(ChainedEntry.class);

    private final ChainedEntry entry;
    private final byte[] bytes;
    private final String hash;

    private ChainedLine(ChainedEntry entry, byte[] bytes) {
        this.entry = entry;
        this.bytes = bytes;
        this.hash = Digest.of(bytes);
    }

    /** The line of an entry that follows {@code end}. */
    public static ChainedLine after(ChainEnd end, TrailEntry entry, String detailDigest, Instant now) {
        ChainedEntry chained = new ChainedEntry(
                end.sequence() + 1,
                now,
                entry.incident(),
                entry.runId(),
                entry.actor(),
                entry.event(),
                entry.detail(),
                detailDigest,
                end.hash());
        try {
            return new ChainedLine(chained, WRITER.writeValueAsBytes(chained));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable as JSON: " + entry.event(), e);
        }
    }

    /** A line as it was read; empty if it is no record of a trail. */
    public static Optional<ChainedLine> parse(byte[] line) {
        try {
            @Nullable ChainedEntry entry = READER.readValue(line);
            return entry != null && whole(entry) ? Optional.of(new ChainedLine(entry, line)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean whole(ChainedEntry entry) {
        return entry.sequence() > 0
                && entry.detail().values().stream().allMatch(Objects::nonNull)
                && Stream.of(
                                entry.time(),
                                entry.incident(),
                                entry.runId(),
                                entry.actor(),
                                entry.event(),
                                entry.detailDigest(),
                                entry.previous())
                        .allMatch(Objects::nonNull);
    }

    public ChainedEntry entry() {
        return entry;
    }

    public long sequence() {
        return entry.sequence();
    }

    /** Without a line feed. */
    public byte[] bytes() {
        return bytes;
    }

    /** {@code sha256:} of the bytes. */
    public String hash() {
        return hash;
    }

    public ChainEnd end() {
        return new ChainEnd(entry.sequence(), hash);
    }
}
