package io.k8sincident.activities.audit.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of lines that grows at its end, while the caller holds its lock. Not thread-safe. */
final class LineFile {
    private static final int STEP = 64 * 1024;

    /** Most lines are shorter. */
    private static final int SHORT_STEP = 1024;

    private final Path path;
    private final FileChannel channel;
    private long bytesRead;

    LineFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The last whole line; empty for a file without lines. What follows it is left out of account. */
    byte[] lastLine() throws IOException {
        long end = lastLineFeed(channel.size());
        if (end < 0) {
            return new byte[0];
        }
        long start = lastLineFeed(end) + 1;
        return read(start, Math.toIntExact(end - start));
    }

    /** What stands after the last whole line: a line that was not finished. */
    byte[] tornTail() throws IOException {
        long whole = lastLineFeed(channel.size()) + 1;
        return read(whole, Math.toIntExact(channel.size() - whole));
    }

    /** Cuts off what stands after the last whole line. */
    void cutTornTail() throws IOException {
        long whole = lastLineFeed(channel.size()) + 1;
        if (whole < channel.size()) {
            channel.truncate(whole);
            channel.force(true);
        }
    }

    /** Appends and makes durable, or leaves the file as it was. */
    void append(byte[] lines) throws IOException {
        long size = channel.size();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            for (long at = size; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
            // The size goes along: the lines could not be read back without it. The time of the change may not.
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
    }

    /** Hands over the last lines, in order, each without its line feed. */
    void lastLines(long count, TrailSession.LineSink sink) throws IOException {
        if (count > 0) {
            var unused = linesFrom(startOfLast(count), (start, line) -> sink.take(line));
        }
    }

    /** What is done with each line and the place where it begins. */
    interface PlacedLineSink {
        void take(long start, byte[] line) throws IOException;
    }

    /**
     * Hands over the whole lines from a place where one begins, in order, each without its line feed.
     *
     * @return where the last of them ends
     */
    long linesFrom(long place, PlacedLineSink sink) throws IOException {
        long start = place;
        long position = place;
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        for (byte[] step = readUpTo(position, STEP); step.length > 0; step = readUpTo(position, STEP)) {
            int from = 0;
            for (int i = 0; i < step.length; i++) {
                if (step[i] == '\n') {
                    begun.write(step, from, i - from);
                    sink.take(start, begun.toByteArray());
                    begun.reset();
                    from = i + 1;
                    start = position + from;
                }
            }
            begun.write(step, from, step.length - from);
            position += step.length;
        }
        return start;
    }

    /** The line that begins at this place, without its line feed; empty if none is ended there. */
    byte[] lineAt(long place) throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        long position = place;
        for (byte[] step = readUpTo(position, SHORT_STEP); step.length > 0; step = readUpTo(position, SHORT_STEP)) {
            for (int i = 0; i < step.length; i++) {
                if (step[i] == '\n') {
                    begun.write(step, 0, i);
                    return begun.toByteArray();
                }
            }
            begun.writeBytes(step);
            position += step.length;
        }
        return new byte[0];
    }

    /** Where the last lines begin; 0 if there are fewer. */
    private long startOfLast(long count) throws IOException {
        long feeds = 0;
        for (long to = channel.size(); to > 0; to -= STEP) {
            long from = Math.max(0, to - STEP);
            byte[] step = read(from, (int) (to - from));
            for (int i = step.length - 1; i >= 0; i--) {
                if (step[i] == '\n' && feeds++ == count) {
                    return from + i + 1;
                }
            }
        }
        return 0;
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

    /** By looking for lines. */
    long bytesRead() {
        return bytesRead;
    }

    /** Fewer bytes where the file ends, which another process may just have cut. */
    private byte[] readUpTo(long from, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        int read = channel.read(buffer, from);
        bytesRead += Math.max(0, read);
        return Arrays.copyOf(buffer.array(), Math.max(0, read));
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
