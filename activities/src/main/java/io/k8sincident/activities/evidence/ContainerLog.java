package io.k8sincident.activities.evidence;

import org.jspecify.annotations.Nullable;

/**
 * The tail of a container's log, or why there is none.
 *
 * @param previous whether it is the log of the container before the last restart
 * @param text redacted, at most {@value #LONGEST_BYTES} bytes, the end of the log
 * @param error what the API answered in place of a log; a log that the node no longer has is an error, too, although the
 *     kubelet sends it as text with status 200
 */
public record ContainerLog(
        String namespace,
        String pod,
        String container,
        boolean previous,
        String text,
        @Nullable String error) {
    /** How much of a log is read at most. */
    public static final int LONGEST_BYTES = 65_536;
}
