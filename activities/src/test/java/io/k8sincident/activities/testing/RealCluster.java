package io.k8sincident.activities.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API server that {@value #VARIABLE} names, with a namespace of its own, which is deleted at the end. Requests to
 * {@link #handle} are passed on as they are.
 */
public final class RealCluster implements ApiBackend, AutoCloseable {
    public static final String VARIABLE = "INCIDENT_REAL_KUBECONFIG";

    public final String namespace = "remed-dev-" + UUID.randomUUID().toString().substring(0, 8);
    public final KubernetesClient client;

    /** Connects and makes the namespace. */
    public RealCluster() {
        client = ClusterWriter.connect(
                Config.fromKubeconfig(Path.of(System.getenv(VARIABLE)).toFile()));
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Creates what a manifest says, in the namespace. */
    public void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
    }

    @Override
    public Reply handle(String method, String pathAndQuery, @Nullable String contentType, String body) {
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/+$", "") + pathAndQuery);
        if (method.equals("GET")) {
            request.method(method, null, null);
        } else {
            request.method(method, contentType, body);
        }
        try {
            HttpResponse<String> response = client.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(20, TimeUnit.SECONDS);
            return new Reply(response.code(), String.valueOf(response.body()));
        } catch (Exception e) {
            throw new IllegalStateException("the real API server did not answer", e);
        }
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
