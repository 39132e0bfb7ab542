package io.k8sincident.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A bare Kubernetes client for tests: what goes over the wire is what the test says. */
final class ApiClient {
    static final String MERGE = "application/merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    /** An answer; the body is a missing node where it is no JSON. */
    record Answer(int status, JsonNode body, String text) {
        String message() {
            return Json.text(body, "message");
        }

        String reason() {
            return Json.text(body, "reason");
        }
    }

    private final URI base;
    private final HttpClient http;

    ApiClient(URI base) {
        this.base = base;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    ApiClient(URI base, SSLContext tls) {
        this.base = base;
        this.http = HttpClient.newBuilder().sslContext(tls).build();
    }

    Answer get(String path) {
        return send("GET", path, "", "");
    }

    Answer post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    Answer patch(String path, String type, String body) {
        return send("PATCH", path, type, body);
    }

    Answer delete(String path, String options) {
        return send("DELETE", path, "application/json", options);
    }

    Answer send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Applies every document of a YAML text with server-side apply. */
    void apply(String yaml) {
        try {
            for (JsonNode document : Json.parseYaml(yaml.getBytes(StandardCharsets.UTF_8))) {
                ResourceType type = Catalog.ofKind(Json.text(document, "apiVersion"), Json.text(document, "kind"))
                        .orElseThrow();
                String prefix = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
                String namespace = type.namespaced() ? "/namespaces/" + Meta.namespace(document) : "";
                String path = prefix + namespace + "/" + type.plural() + "/" + Meta.name(document);
                Answer answer = patch(path + "?fieldManager=test&force=true", APPLY, document.toString());
                if (answer.status() >= 300) {
                    throw new IllegalStateException(answer.text());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> items(String path) {
        return List.copyOf(Json.objects(get(path).body().path("items")));
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{")
                    ? Json.parse(text.getBytes(StandardCharsets.UTF_8))
                    : Json.object().path("none");
        } catch (IOException e) {
            return Json.object().path("none"); // several lines of a watch
        }
    }
}
