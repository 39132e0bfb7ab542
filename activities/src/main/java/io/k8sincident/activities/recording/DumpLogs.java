package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ContainerLog;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl cluster-info dump} writes, without the logs, which stand between lines {@code ==== START logs for
 * container C of pod N/P ====} and {@code ==== END logs …} (kubectl v1.34). The logs are kept aside; blanks take their
 * place, so that lines and columns stay what they are in the file. A log may hold such lines itself: only the end of the
 * section that is open closes it.
 */
final class DumpLogs extends FilterInputStream {
    private static final Pattern START =
            Pattern.compile("==== START logs for container (\\S+) of pod ([^/\\s]+)/(\\S+) ====\\s*");
    private static final List<String> ERRORS = List.of("Request log error: ", "Create log request error: ");
    private static final int LONGEST_CHUNK = 65_536;
    /** All logs together; of what comes later nothing is kept. */
    private static final int MOST_BYTES = 64 << 20;

    private final List<ContainerLog> logs = new ArrayList<>();
    private byte[] chunk = {};
    private int position;
    private boolean lineStarts = true;
    private @Nullable Section open;
    private int kept;
    private int left;

    /** Reads what this stream gives. */
    DumpLogs(InputStream dump) {
        super(dump);
    }

    private static final class Section {
        private final String container;
        private final String namespace;
        private final String pod;
        private final byte[] end;
        private byte[] text = {};
        private boolean cut;

        Section(Matcher start) {
            container = start.group(1);
            namespace = start.group(2);
            pod = start.group(3);
            end = start.group().strip().replace("==== START", "==== END").getBytes(StandardCharsets.UTF_8);
        }

        /** Takes the next part and says whether it ends the log; keeps twice what is wanted at most. */
        boolean add(byte[] part) {
            ByteArrayOutputStream more = new ByteArrayOutputStream();
            int from = Math.max(0, text.length - ContainerLog.LONGEST_BYTES - end.length);
            cut |= from > 0;
            more.write(text, from, text.length - from);
            more.writeBytes(part);
            text = more.toByteArray();
            int length = text.length;
            while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
                length--;
            }
            int begin = length - end.length;
            if (begin < 0 || !java.util.Arrays.equals(text, begin, length, end, 0, end.length)) {
                return false;
            }
            text = java.util.Arrays.copyOf(text, begin);
            return true;
        }

        ContainerLog log() {
            int from = Math.max(0, text.length - ContainerLog.LONGEST_BYTES);
            String raw = new String(text, from, text.length - from, StandardCharsets.UTF_8);
            String whole = from > 0 || cut ? raw.substring(raw.indexOf('\n') + 1) : raw;
            String log = LogTail.clean(whole);
            String line = log.strip();
            boolean answer = line.indexOf('\n') < 0
                    && (ERRORS.stream().anyMatch(line::startsWith) || LogAnswer.insteadOfLog(line));
            return new ContainerLog(namespace, pod, container, false, answer ? "" : log, answer ? line : null);
        }
    }

    /** The logs that stood in what was read so far. */
    List<ContainerLog> logs() {
        return logs;
    }

    /** How many logs were left out for their size. */
    int left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        return ready() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean ready() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        byte[] next = nextChunk();
        if (next.length == 0) {
            close(open);
            open = null;
            return false;
        }
        boolean starts = lineStarts;
        lineStarts = next[next.length - 1] == '\n';
        if (open == null) {
            Matcher start = starts && next[0] == '=' ? START.matcher(new String(next, StandardCharsets.UTF_8)) : null;
            if (start != null && start.matches()) {
                open = new Section(start);
                blank(next);
            }
        } else {
            if (open.add(next)) {
                close(open);
                open = null;
            }
            blank(next);
        }
        chunk = next;
        position = 0;
        return true;
    }

    private void close(@Nullable Section section) {
        if (section == null) {
            return;
        }
        ContainerLog log = section.log();
        kept += log.text().length();
        if (kept > MOST_BYTES) {
            left++;
        } else {
            logs.add(log);
        }
    }

    private static void blank(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                bytes[i] = ' ';
            }
        }
    }

    /** Up to the end of the line. */
    private byte[] nextChunk() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while (line.size() < LONGEST_CHUNK && (next = in.read()) >= 0) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}
