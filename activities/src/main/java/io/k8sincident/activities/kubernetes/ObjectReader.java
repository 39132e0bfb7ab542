package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads single objects and lists as plain JSON, unredacted: what it returns may enter a digest or the blob store, but
 * never a history, an audit entry or a terminal. Tries a read three times before it gives up. Thread-safe.
 */
public final class ObjectReader {
    private static final String LIST = "List";
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpExchange http;
    private final AtomicReference<Optional<Instant>> serverTime = new AtomicReference<>(Optional.empty());

    public ObjectReader(KubernetesClient client) {
        this(new HttpExchange(client));
    }

    ObjectReader(HttpExchange http) {
        this.http = http;
    }

    /**
     * The object as it is now (a consistent read); empty if the API server says that there is none of that name.
     *
     * @throws ClusterException if it cannot be read, or something else answers, a proxy or another server
     */
    public Optional<ObjectNode> get(Target target) {
        HttpAnswer answer = read(ApiPath.read(target), target.path());
        if (answer.notFound()) {
            return Optional.empty();
        }
        if (!answer.successful()) {
            throw refused(answer, target.path());
        }
        return Optional.of(answer.object()
                .filter(object -> object.path("metadata").path("name").asText().equals(target.name()))
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        target.path() + " could not be read: the answer is not that object. Next: incident doctor")));
    }

    /**
     * The pods, Services, … of a namespace; {@code selector} is a label selector, empty for all.
     *
     * @throws ClusterException if the answer is no list: what else answers, a proxy or another server, does not know that
     *     there are none
     */
    public List<Resource> list(ListedKind kind, String namespace, String selector) {
        String query =
                selector.isEmpty() ? "" : "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        String what = kind.plural() + " in " + namespace;
        HttpAnswer answer = read(ApiPath.list(kind.prefix(), namespace, kind.plural()) + query, what);
        if (!answer.successful()) {
            throw refused(answer, what);
        }
        ObjectNode list = answer.object()
                .filter(ListAnswer::is)
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        what + " could not be read: the answer is no list. Next: incident doctor"));
        List<Resource> items = new ArrayList<>();
        list.path("items").forEach(item -> items.add(item(list, item)));
        return items;
    }

    /** Items of a list do not say what they are; the list does. */
    private static Resource item(ObjectNode list, JsonNode item) {
        String kind = list.path("kind").asText();
        if (item instanceof ObjectNode object && !object.has("kind") && kind.endsWith(LIST)) {
            object.put("apiVersion", list.path("apiVersion").asText());
            object.put("kind", kind.substring(0, kind.length() - LIST.length()));
        }
        return Resource.of(item);
    }

    /** What the API server's clock said in its last answer; empty before the first. */
    public Optional<Instant> serverTime() {
        return Objects.requireNonNull(serverTime.get());
    }

    private HttpAnswer read(String path, String what) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpAnswer answer = http.send("GET", path, null, null);
                answer.serverTime().ifPresent(time -> serverTime.set(Optional.of(time)));
                if (answer.successful() || answer.code() == 404) {
                    return answer;
                }
                if (attempt == ATTEMPTS || !transientAnswer(answer.code())) {
                    throw refused(answer, what);
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new ClusterException(
                            ErrorCode.CLUSTER_UNREACHABLE,
                            what + " could not be read: " + e.getMessage() + ". Next: incident doctor",
                            e);
                }
            }
            pause(attempt);
        }
    }

    private static boolean transientAnswer(int code) {
        return code == 429 || code >= 500;
    }

    private static ClusterException refused(HttpAnswer answer, String what) {
        boolean notServed = answer.code() == 404 || answer.code() >= 500;
        ErrorCode code = answer.code() == 429
                ? ErrorCode.CLUSTER_BUSY
                : notServed ? ErrorCode.CLUSTER_UNREACHABLE : ErrorCode.CLUSTER_FORBIDDEN;
        return new ClusterException(
                code, what + " could not be read: " + answer.code() + " " + answer.said() + ". Next: incident doctor");
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.toMillis() * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ErrorCode.CLUSTER_UNREACHABLE, "interrupted while reading", e);
        }
    }
}
