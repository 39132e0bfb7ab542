package io.k8sincident.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Plain requests to an API server with the credentials of a kubeconfig, for {@code doctor} and the scenarios. */
final class ApiCalls {
    private static final long LONGEST_SECONDS = 10;

    private final KubernetesClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    ApiCalls(KubernetesClient client) {
        this.client = client;
    }

    ApiAnswer get(String path) {
        return send("GET", path, null, null);
    }

    ApiAnswer create(String path, JsonNode body) {
        return send("POST", path, "application/json", body.toString());
    }

    /** Server-side apply; what others own is taken over, because a scenario must be what its file says. */
    ApiAnswer apply(String path, JsonNode body) {
        return send(
                "PATCH",
                path + "?fieldManager=incident-scenarios&force=true",
                "application/apply-patch+yaml",
                body.toString());
    }

    ApiAnswer delete(String path) {
        return send("DELETE", path + "?propagationPolicy=Background", null, null);
    }

    /** The time in the {@code Date} header of an answer. */
    Optional<Instant> serverTime(String path) {
        return Optional.ofNullable(exchange("GET", path, null, null).header("Date"))
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
    }

    private ApiAnswer send(String method, String path, @Nullable String contentType, @Nullable String body) {
        HttpResponse<String> answer = exchange(method, path, contentType, body);
        return new ApiAnswer(answer.code(), json(answer.body()));
    }

    private HttpResponse<String> exchange(
            String method, String path, @Nullable String contentType, @Nullable String body) {
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(server() + path)
                .header("Accept", "application/json")
                .timeout(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (contentType == null || body == null) {
            request.method(method, null, null);
        } else {
            request.method(method, contentType, body);
        }
        try {
            return client.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "the API server at " + server() + " does not answer: " + reason(e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ErrorCode.CLUSTER_UNREACHABLE, "interrupted", e);
        }
    }

    String server() {
        return client.getMasterUrl().toString().replaceAll("/+$", "");
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private JsonNode json(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? mapper.createObjectNode() : mapper.readTree(text);
        } catch (JsonProcessingException e) {
            return mapper.createObjectNode();
        }
    }
}
