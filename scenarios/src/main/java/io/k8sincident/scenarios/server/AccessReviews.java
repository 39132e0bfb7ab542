package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.List;
import java.util.Locale;

/** Questions about permissions. The practice cluster knows no users: everything is allowed. */
final class AccessReviews {
    static final List<String> KINDS =
            List.of("SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview");

    private AccessReviews() {}

    static Reply review(String plural, ApiRequest request) {
        String kind = KINDS.stream()
                .filter(name -> (name.toLowerCase(Locale.ROOT) + "s").equals(plural))
                .findFirst()
                .orElseThrow(StatusException::noSuchResource);
        if (!request.method().equals("POST")) {
            throw StatusException.methodNotAllowed();
        }
        ObjectNode review = Json.object().put("kind", kind).put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("metadata");
        review.set("spec", Json.asObject(RequestBody.parse(request).path("spec")));
        ObjectNode status = review.putObject("status");
        if (kind.equals("SelfSubjectRulesReview")) {
            status.set("resourceRules", Json.parse("""
                    [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}]"""));
            status.set("nonResourceRules", Json.parse("""
                    [{"verbs": ["*"], "nonResourceURLs": ["*"]}]"""));
            status.put("incomplete", false);
        } else {
            status.put("allowed", true).put("reason", "the practice cluster allows everything");
        }
        return Reply.json(201, review);
    }
}
