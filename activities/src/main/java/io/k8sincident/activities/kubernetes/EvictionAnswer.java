package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.kubernetes.WriteAnswer.Kind;

/**
 * Tells from the answer to an eviction whether it happened. What differs from a patch, as Kubernetes 1.34 was seen to answer:
 * a success is a Status and not the object; 429 with the cause {@code DisruptionBudget} is a budget that forbids it, or, going
 * by its words, a pod that moved meanwhile or a budget that is not counted yet; 409 is another pod of that name.
 */
final class EvictionAnswer {
    /** The cause that policy/v1 names in a Status where a budget refuses. */
    static final String BUDGET = "DisruptionBudget";

    private static final String SUCCESS = "Success";
    /** In the message of a budget's 429 whose reason is not the budget: {@code eviction.go} of Kubernetes 1.34. */
    private static final String UNDER_WAY = "still being processed";

    private EvictionAnswer() {}

    static WriteAnswer of(HttpAnswer answer) {
        JsonNode status = answer.status();
        if (answer.successful()) {
            return status.path("status").asText().equals(SUCCESS)
                    ? WriteAnswer.evicted(answer.code())
                    : WriteAnswer.of(Kind.UNKNOWN, answer.code(), "", "the answer holds no complete success");
        }
        String said = status.path("message").asText() + Classification.message(status);
        Kind kind = answer.code() == 429 && said.contains(UNDER_WAY) ? Kind.CONFLICT : kind(answer.code());
        return WriteAnswer.of(kind, answer.code(), reason(status), Classification.message(status));
    }

    private static Kind kind(int code) {
        Kind kind = Classification.kind(code);
        return kind == Kind.CONFLICT && code != 409 ? Kind.REFUSED : kind;
    }

    private static String reason(JsonNode status) {
        for (JsonNode cause : status.path("details").path("causes")) {
            if (cause.path("reason").asText().equals(BUDGET)) {
                return BUDGET;
            }
        }
        return status.path("reason").asText("");
    }
}
