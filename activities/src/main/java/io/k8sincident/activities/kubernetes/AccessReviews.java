package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;

/** Asks the API server what a user may do (SubjectAccessReview of authorization.k8s.io/v1). Thread-safe. */
public final class AccessReviews {
    private static final String PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    private final HttpExchange http;

    public AccessReviews(KubernetesClient client) {
        this.http = new HttpExchange(client);
    }

    /**
     * Whether this user may do this to exactly this object; of a pod it is its eviction that is meant, the only thing that is
     * ever done to one. A denial wins.
     *
     * @throws ClusterException if the API server does not say; the asking account needs create on subjectaccessreviews
     */
    public boolean allowed(String user, String verb, Target target) {
        HttpAnswer answer;
        try {
            answer = http.send(
                    "POST", PATH, "application/json", review(user, verb, target).toString());
        } catch (IOException e) {
            throw new ClusterException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "what " + user + " may do could not be asked: " + e.getMessage() + ". Next: incident doctor",
                    e);
        }
        if (!answer.successful()) {
            boolean later = answer.code() == 429 || answer.code() >= 500;
            throw new ClusterException(
                    later ? ErrorCode.CLUSTER_BUSY : ErrorCode.CLUSTER_FORBIDDEN,
                    "what " + user + " may do could not be asked: " + answer.code() + " "
                            + answer.said()
                            + ". Next: allow the worker's account to create subjectaccessreviews");
        }
        ObjectNode review = answer.object()
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE, "the answer to a SubjectAccessReview is no JSON object"));
        JsonNode status = review.path("status");
        JsonNode denied = status.path("denied");
        boolean free = denied.isMissingNode() || (denied.isBoolean() && !denied.booleanValue());
        return free
                && status.path("allowed").isBoolean()
                && status.path("allowed").booleanValue();
    }

    private static ObjectNode review(String user, String verb, Target target) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec").put("user", user);
        spec.putArray("groups").add("system:authenticated");
        String version = target.apiVersion();
        ObjectNode attributes = spec.putObject("resourceAttributes")
                .put("verb", verb)
                .put("group", version.contains("/") ? version.substring(0, version.indexOf('/')) : "")
                .put("version", version.substring(version.indexOf('/') + 1))
                .put("resource", ApiPath.isPod(target) ? "pods" : ApiPath.plural(target))
                .put("name", target.name());
        if (ApiPath.isPod(target)) {
            attributes.put("subresource", "eviction");
        }
        if (target.namespace() != null) {
            attributes.put("namespace", target.namespace());
        }
        return review;
    }
}
