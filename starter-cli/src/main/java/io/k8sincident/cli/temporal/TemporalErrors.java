package io.k8sincident.cli.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.k8sincident.cli.output.Problem;
import java.util.Optional;

/** What Temporal's errors mean to a person. */
public final class TemporalErrors {
    private TemporalErrors() {}

    /** The gRPC status that lies behind an exception of the SDK. */
    public static Optional<Status> status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException grpc) {
                return Optional.of(grpc.getStatus());
            }
        }
        return Optional.empty();
    }

    /** Whether asking again later may help: the server is away or busy. */
    public static boolean passing(Throwable failure) {
        return status(failure)
                .map(status -> switch (status.getCode()) {
                    case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED -> true;
                    default -> false;
                })
                .orElse(false);
    }

    static Problem unreachable(String address, String origin, StatusRuntimeException failure) {
        return Problem.error(
                        "Temporal does not answer at " + address + " (address from " + origin + "): "
                                + reason(failure.getStatus()),
                        "incident up, or set TEMPORAL_ADDRESS to a server that runs")
                .causedBy(failure);
    }

    /** Any failure of a call to Temporal, in the form of every error; empty if it did not come from Temporal. */
    public static Optional<Problem> problem(Throwable failure) {
        return status(failure)
                .map(status -> Problem.error("Temporal refused: " + reason(status), next(status))
                        .withUnchanged("it is not known to have changed anything")
                        .causedBy(failure));
    }

    private static String next(Status status) {
        return switch (status.getCode()) {
            case PERMISSION_DENIED, UNAUTHENTICATED -> "check TEMPORAL_API_KEY and the TLS settings: incident doctor";
            case NOT_FOUND -> "incident list --all";
            default -> "incident doctor";
        };
    }

    private static String reason(Status status) {
        String description = status.getDescription();
        Throwable cause = status.getCause();
        if (cause != null && cause.getMessage() != null) {
            return cause.getMessage();
        }
        return description == null ? status.getCode().toString() : description;
    }
}
