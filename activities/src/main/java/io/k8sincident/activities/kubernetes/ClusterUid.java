package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What tells a cluster from all others, whatever they are called: the uid of its kube-system namespace. Read anew after
 * five minutes. Thread-safe.
 */
public final class ClusterUid implements Supplier<String> {
    private static final String PATH = "/api/v1/namespaces/kube-system";
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final HttpExchange http;
    private final Clock clock;
    private String uid = "";
    private Instant readAt = Instant.MIN;

    public ClusterUid(KubernetesClient client, Clock clock) {
        this.http = new HttpExchange(client);
        this.clock = clock;
    }

    /** @throws ClusterException if it cannot be read; its account needs get on namespace kube-system */
    @Override
    public synchronized String get() {
        Instant now = clock.instant();
        if (uid.isEmpty() || !now.isBefore(readAt.plus(KEPT)) || now.isBefore(readAt)) {
            uid = read();
            readAt = now;
        }
        return uid;
    }

    private String read() {
        HttpAnswer answer;
        try {
            answer = http.send("GET", PATH, null, null);
        } catch (IOException e) {
            throw new ClusterException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "namespace kube-system could not be read: " + e.getMessage() + ". Next: incident doctor",
                    e);
        }
        if (!answer.successful()) {
            boolean later = answer.code() == 429 || answer.code() >= 500;
            throw new ClusterException(
                    later ? ErrorCode.CLUSTER_BUSY : ErrorCode.CLUSTER_FORBIDDEN,
                    "namespace kube-system could not be read: " + answer.code() + " "
                            + answer.said()
                            + ". Next: allow the worker's account to get namespace kube-system");
        }
        return answer.object()
                .map(namespace -> namespace.path("metadata").path("uid").asText())
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE, "the answer for namespace kube-system has no uid"));
    }
}
