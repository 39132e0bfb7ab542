package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.util.Optional;

/**
 * The only way to change a cluster: one JSON merge patch (RFC 7386) of one workload, or the eviction of one pod, sent
 * exactly once. A patch carries the uid and resourceVersion of the read that it was made from; the API server answers 409 to
 * a stale resourceVersion and 422 to another uid, whatever else it holds. An eviction carries the uid of the pod; the API
 * server answers 409 to another one. Thread-safe.
 */
public final class ClusterWriter {
    /** Names us in {@code metadata.managedFields}. */
    public static final String FIELD_MANAGER = "k8s-incident-agent";

    private static final String QUERY = "?fieldManager=" + FIELD_MANAGER + "&fieldValidation=Strict";

    private final HttpExchange http;
    /** The API server repeats for ten seconds by itself what meets another uid, and answers then. */
    private final HttpExchange evictions;

    private final ObjectReader reader;

    /**
     * Writes as this client. Its request timeout bounds each exchange as a whole, that of an eviction half as long again.
     *
     * @throws IllegalArgumentException if the client would send a write again by itself; see {@link #connect}
     */
    public ClusterWriter(KubernetesClient client) {
        Integer retries = client.getConfiguration().getRequestRetryBackoffLimit();
        if (retries == null || retries != 0) {
            throw new IllegalArgumentException("a client that writes must not retry by itself: set"
                    + " requestRetryBackoffLimit to 0, it is " + retries);
        }
        this.http = new HttpExchange(client);
        this.evictions = http.patient();
        this.reader = new ObjectReader(http);
    }

    /** A client with these credentials that never sends anything twice by itself. The caller closes it. */
    public static KubernetesClient connect(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(ClientKeyAlgorithm.detected(config))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientFactory(new DirectHttp())
                .build();
    }

    /** As {@link ObjectReader#get}. */
    public Optional<ObjectNode> read(Target target) {
        return reader.get(target);
    }

    /** Has the API server work the patch out, with defaults and admission, and change nothing. */
    public WriteAnswer dryRun(Target target, ObjectNode patch) {
        return send(target, patch, QUERY + "&dryRun=All");
    }

    /** Changes the cluster. The caller has an approval of exactly this, and has recorded that it will do it. */
    public WriteAnswer write(Target target, ObjectNode patch) {
        return send(target, patch, QUERY);
    }

    /** Has the API server say whether it would evict this pod, disruption budgets included, and change nothing. */
    public WriteAnswer dryRunEviction(Target pod, ObjectNode eviction) {
        return post(pod, eviction, QUERY + "&dryRun=All");
    }

    /** Evicts this pod. The caller has an approval of exactly this, and has recorded that it will do it. */
    public WriteAnswer evict(Target pod, ObjectNode eviction) {
        return post(pod, eviction, QUERY);
    }

    private WriteAnswer post(Target pod, ObjectNode eviction, String query) {
        if (eviction.at("/deleteOptions/preconditions/uid").asText().isEmpty()) {
            throw new IllegalArgumentException("an eviction must carry the pod's uid as its precondition");
        }
        String path = ApiPath.evicted(pod) + query;
        try {
            return EvictionAnswer.of(evictions.send("POST", path, "application/json", eviction.toString()));
        } catch (IOException e) {
            return Classification.of(e);
        }
    }

    private WriteAnswer send(Target target, ObjectNode patch, String query) {
        requirePreconditions(patch);
        String path = ApiPath.patched(target) + query;
        try {
            return Classification.of(http.send("PATCH", path, "application/merge-patch+json", patch.toString()));
        } catch (IOException e) {
            return Classification.of(e);
        }
    }

    private static void requirePreconditions(ObjectNode patch) {
        for (String field : new String[] {"uid", "resourceVersion"}) {
            if (patch.path("metadata").path(field).asText().isEmpty()) {
                throw new IllegalArgumentException("a patch must carry metadata." + field + " as its precondition");
            }
        }
    }
}
