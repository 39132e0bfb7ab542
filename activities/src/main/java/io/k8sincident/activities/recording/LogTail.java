package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log file. */
final class LogTail {
    private LogTail() {}

    /** The last {@value ContainerLog#LONGEST_BYTES} bytes as UTF-8, from the first whole line on if it was cut. */
    static String read(Path file) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - ContainerLog.LONGEST_BYTES);
            log.seek(start);
            byte[] tail = new byte[(int) (log.length() - start)];
            log.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
    }

    /** What was read, readable and redacted, and still not longer: what stands for a credential may be longer than it. */
    static String clean(String raw) {
        byte[] bytes = Redactor.text(Printable.block(raw)).getBytes(StandardCharsets.UTF_8);
        int from = Math.max(0, bytes.length - ContainerLog.LONGEST_BYTES);
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
}
