package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run of a container ended, as the kubelet reports it.
 *
 * @param path of the field in the pod that says so
 */
public record Termination(Fields fields, String path) {
    /** What no exit code is. */
    public static final int NO_EXIT_CODE = -1;

    public int exitCode() {
        long code = fields.number("exitCode").orElse(NO_EXIT_CODE);
        return code < 0 || code > 1_000_000 ? NO_EXIT_CODE : (int) code;
    }

    public String reason() {
        return fields.text("reason");
    }

    /** What the runtime said, or what the container wrote to its termination log. */
    public String message() {
        return Message.of(fields, "message");
    }

    /** The signal that ended it: reported, or the 128 + n of a shell and of the runtimes; 0 if none. */
    public int signal() {
        long reported = fields.number("signal").orElse(0);
        int code = exitCode();
        return reported > 0 && reported < 65 ? (int) reported : code > 128 && code < 128 + 65 ? code - 128 : 0;
    }

    public Optional<Instant> started() {
        return fields.time("startedAt");
    }

    public Optional<Instant> finished() {
        return fields.time("finishedAt");
    }

    /** How long that run took, as far as whole seconds tell. */
    public Optional<Duration> ran() {
        return started().flatMap(from -> finished().map(to -> Duration.between(from, to)));
    }

    /** {@code exit code 1, reason Error}. */
    public String describe() {
        return "exit code " + (exitCode() == NO_EXIT_CODE ? "unknown" : exitCode())
                + (reason().isEmpty() ? "" : ", reason " + reason());
    }
}
