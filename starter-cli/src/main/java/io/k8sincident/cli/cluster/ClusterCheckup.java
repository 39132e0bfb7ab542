package io.k8sincident.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What {@code doctor} asks a cluster; reads only. */
public final class ClusterCheckup {
    private final ApiCalls api;

    ClusterCheckup(ApiCalls api) {
        this.api = api;
    }

    public String server() {
        return api.server();
    }

    /**
     * Its version, such as {@code v1.36.2}.
     *
     * @throws ClusterException if it does not answer, or not with a version
     */
    public String version() {
        ApiAnswer answer = api.get("/version");
        if (!answer.successful()) {
            throw new ClusterException(
                    ErrorCode.CLUSTER_FORBIDDEN, "the API server at " + server() + " answers: " + answer.message());
        }
        return answer.body().path("gitVersion").asText("unknown");
    }

    /** Whether the user of the kubeconfig may do this; asked by a SelfSubjectAccessReview. */
    public boolean allowed(Permission permission, String namespace) {
        ObjectNode review = new ObjectMapper().createObjectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("namespace", namespace)
                .put("verb", permission.verb())
                .put("group", permission.group())
                .put("resource", permission.resource())
                .put("subresource", permission.subresource());
        ApiAnswer answer = api.create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
        return answer.body().path("status").path("allowed").asBoolean(false);
    }

    /** How far its clock is ahead of {@code now}, as far as it tells: to the second. */
    public Optional<Duration> clockAhead(Instant now) {
        return api.serverTime("/version").map(time -> Duration.between(now, time));
    }
}
