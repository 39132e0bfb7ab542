package io.k8sincident.activities.kubernetes;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the end of container logs. The API's {@code limitBytes} keeps the beginning of what {@code tailLines} selects, so
 * that a log with long lines is asked for once more with fewer lines, and cut here. Memory does not grow with the log.
 * Thread-safe.
 */
final class LogReader {
    private static final int LINES = 500;
    private static final int FEW_LINES = 20;
    /** One byte more than is taken, to see that there is more. */
    private static final int LIMIT_BYTES = BodyTail.LOG_READ + 1;

    private static final int BAD_REQUEST = 400;
    /** What the kubelet sends with status 200 in place of a log that the node no longer has. */
    private static final String NO_LOG = "unable to retrieve container logs for ";

    private final ApiReader api;

    LogReader(ApiReader api) {
        this.api = api;
    }

    CompletableFuture<LogReading> read(LogRequest request) {
        return api.getTail(request.path(LINES, LIMIT_BYTES))
                .thenCompose(answer -> answer.stopped()
                        ? api.getTail(request.path(FEW_LINES, LIMIT_BYTES))
                        : CompletableFuture.completedFuture(answer))
                .thenApply(answer -> reading(request, answer));
    }

    /** The first of these logs that there is; if there is none, what was answered for each. */
    CompletableFuture<LogReading> readFirst(List<LogRequest> requests) {
        CompletableFuture<LogReading> first = read(requests.get(0));
        if (requests.size() == 1) {
            return first;
        }
        return first.thenCompose(reading -> reading.hasText()
                ? CompletableFuture.completedFuture(reading)
                : readFirst(requests.subList(1, requests.size())).thenApply(reading::and));
    }

    private static LogReading reading(LogRequest request, ApiAnswer answer) {
        if (answer.code() == BAD_REQUEST) {
            // The API server's word for a container that has no such log: an answer, not a failure to read.
            return new LogReading(request.logs("", answer.problem()), List.of());
        }
        if (!answer.ok()) {
            return new LogReading(request.logs("", answer.problem()), List.of(request.gap(answer.problem())));
        }
        String text = LogText.of(answer.text(), answer.cut());
        if (text.startsWith(NO_LOG) && text.indexOf('\n') < 0) {
            return new LogReading(request.logs("", text), List.of());
        }
        return new LogReading(
                request.logs(text, null),
                answer.stopped()
                        ? List.of(request.gap(
                                "its last lines are longer than " + BodyTail.LOG_READ + " bytes; the end is missing"))
                        : List.of());
    }
}
