package io.k8sincident.activities.audit.verify;

/** A line as it was found, and where. Nobody changes its bytes. */
final class RawLine {
    private final byte[] bytes;
    private final String source;
    private final long number;
    private final boolean whole;

    RawLine(byte[] bytes, String source, long number, boolean whole) {
        this.bytes = bytes;
        this.source = source;
        this.number = number;
        this.whole = whole;
    }

    byte[] bytes() {
        return bytes;
    }

    /** {@code runs/audit.jsonl:17}. */
    String place() {
        return source + ":" + number;
    }

    /** Whether a line feed ended it, and it was short enough to be kept. */
    boolean whole() {
        return whole;
    }
}
