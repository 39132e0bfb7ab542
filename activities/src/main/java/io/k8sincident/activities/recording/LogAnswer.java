package io.k8sincident.activities.recording;

import java.util.List;

/**
 * Tells a log from what the kubelet or the API server answered in its place. The kubelet sends some of its answers as
 * text with status 200, so that a client saves them like a log (seen with v1.34 and v1.36).
 */
final class LogAnswer {
    private static final List<String> KUBELET = List.of(
            "unable to retrieve container logs for ",
            "failed to try resolving symlinks in path ",
            "failed to open log file ",
            "rpc error: code = ");

    private LogAnswer() {}

    /** Whether this text is nothing but the kubelet's answer. */
    static boolean insteadOfLog(String text) {
        String answer = text.strip();
        return answer.indexOf('\n') < 0 && KUBELET.stream().anyMatch(answer::startsWith);
    }

    /** Whether this answer hides a log that there may be; a container that never started, or ran once, has none. */
    static boolean hides(String answer) {
        return !answer.contains("is waiting to start") && !answer.contains("previous terminated container");
    }
}
