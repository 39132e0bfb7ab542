package io.k8sincident.activities.audit.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.DetailDigest;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the check of a chain needs of a line. Scanned, not bound to an entry: that takes three times as long, which counts
 * with a million lines.
 *
 * @param line its bytes, which nobody changes
 * @param detailFits whether its details are those that it was written with
 */
record ScannedRecord(RawLine line, long sequence, String event, String previous, String hash, boolean detailFits) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A line's; empty if it is no record of a trail. */
    static Optional<ScannedRecord> of(RawLine line) {
        try (JsonParser parser = JSON.createParser(line.bytes())) {
            return parser.nextToken() == JsonToken.START_OBJECT ? scan(line, parser) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ScannedRecord> scan(RawLine line, JsonParser parser) throws IOException {
        long sequence = 0;
        String event = "";
        String previous = "";
        String detailDigest = "";
        String sliceDigest = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "sequence" -> sequence = parser.getLongValue();
                case "event" -> event = parser.getText();
                case "previous" -> previous = parser.getText();
                case "detailDigest" -> detailDigest = parser.getText();
                case "detail" -> {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    sliceDigest = Digest.of(Arrays.copyOfRange(line.bytes(), start, end));
                }
                default -> {
                    if (value.isStructStart()) {
                        parser.skipChildren();
                    }
                }
            }
        }
        if (sequence <= 0 || parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            return Optional.empty();
        }
        boolean fits = sliceDigest.equals(detailDigest) || fits(line.bytes());
        return Optional.of(new ScannedRecord(line, sequence, event, previous, Digest.of(line.bytes()), fits));
    }

    /**
     * Details are written in their canonical form but for control characters. Where the bytes as they stand have the
     * digest, they are what was digested; else the form is made.
     */
    private static boolean fits(byte[] line) {
        return ChainedLine.parse(line)
                .map(record -> DetailDigest.fits(record.entry()))
                .orElse(false);
    }

    /** In full; empty if it is only like a record. */
    Optional<ChainedEntry> entry() {
        return ChainedLine.parse(line.bytes()).map(ChainedLine::entry);
    }

    ChainEnd end() {
        return new ChainEnd(sequence, hash);
    }
}
