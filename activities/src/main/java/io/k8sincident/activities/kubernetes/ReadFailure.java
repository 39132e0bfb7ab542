package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says what went wrong with a read that nothing can go on without. */
final class ReadFailure {
    private ReadFailure() {}

    /** Why no answer came, in one line. */
    static String describe(Throwable failure) {
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return "no answer: the server's name cannot be resolved";
        }
        if (has(failure, SSLException.class)) {
            return "no answer: TLS failed: " + innermost(failure).getMessage();
        }
        if (has(failure, TimeoutException.class) || has(failure, HttpTimeoutException.class)) {
            return "no answer: timed out";
        }
        if (has(failure, ConnectException.class)) {
            return "no answer: connection refused";
        }
        Throwable root = innermost(failure);
        return "no answer: " + (root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }

    /** The exception for a read that failed; {@code what} as in {@code deployment crashy in demo}. */
    static ClusterException of(ApiAnswer answer, String what, String context, String server) {
        String cluster = "the API server of context '" + context + "' at " + server;
        String unchanged = " Nothing was changed. Next: ";
        Throwable failure = answer.failure();
        if (failure != null) {
            String next = has(failure, SSLException.class)
                    ? "check certificate-authority and the server's name in the kubeconfig, and the clock."
                    : "check that the cluster runs and can be reached, then 'incident doctor'.";
            return new ClusterException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "Could not read " + what + " from " + cluster + ": " + describe(failure) + "." + unchanged + next,
                    failure);
        }
        String said = "Could not read " + what + " from " + cluster + ": " + answer.problem() + ".";
        return switch (answer.code()) {
            case 401 ->
                new ClusterException(
                        ErrorCode.CLUSTER_FORBIDDEN,
                        "The credentials of context '" + context + "' were refused (401 Unauthorized) by " + server
                                + ": the token or certificate has expired, was revoked, or belongs to another cluster."
                                + unchanged + "log in again, then 'kubectl --context " + context + " auth whoami'.");
            case 403 ->
                new ClusterException(
                        ErrorCode.CLUSTER_FORBIDDEN,
                        said + unchanged + "ask for the right to read it, then 'incident doctor'.");
            case 404 ->
                new ClusterException(
                        ErrorCode.TARGET_NOT_FOUND,
                        "There is no " + what + " in the cluster of context '" + context + "'." + unchanged
                                + "check the name and the namespace.");
            case 429 ->
                new ClusterException(
                        ErrorCode.CLUSTER_BUSY, said + unchanged + "try again; the cluster limits requests now.");
            default ->
                answer.code() >= 500
                        ? new ClusterException(
                                ErrorCode.CLUSTER_BUSY, said + unchanged + "try again, then 'incident doctor'.")
                        : new ClusterException(ErrorCode.CLUSTER_UNREACHABLE, said + unchanged + "'incident doctor'.");
        };
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
