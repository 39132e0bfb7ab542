package io.k8sincident.worker.temporal;

import io.grpc.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a server or the network answered, for a person. */
final class RpcStatus {
    private static final int LONGEST = 200;

    private RpcStatus() {}

    /** One short line: the innermost reason, without stack traces and addresses of objects. */
    static String inWords(Status status) {
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "no answer";
        }
        String reason = innermost(status.getCause(), status.getDescription());
        String words = reason == null ? status.getCode().name().toLowerCase(Locale.ROOT) : reason;
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static @Nullable String innermost(@Nullable Throwable cause, @Nullable String description) {
        String reason = description;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            reason = next.getMessage() == null ? reason : next.getMessage();
        }
        return reason;
    }
}
