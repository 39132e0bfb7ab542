package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.kubernetes.WriteAnswer.Kind;

/**
 * Tells from the answer to an eviction whether it happened. What differs from a patch, as Kubernetes 1.34 was seen to answer:
 * a success is a Status and not the object; 429 with the cause {@code DisruptionBudget} is a budget that forbids it; 409 is
 * another pod of that name, since the API server repeats by itself what meets a pod that moves.
 */
final class EvictionAnswer {
    /** The cause that policy/v1 names in a Status where a budget refuses. */
    static final String BUDGET = "DisruptionBudget";

    private static final String SUCCESS = "Success";

    private EvictionAnswer() {}

    static WriteAnswer of(HttpAnswer answer) {
        JsonNode status = answer.status();
        if (answer.successful()) {
            return status.path("status").asText().equals(SUCCESS)
                    ? WriteAnswer.evicted(answer.code())
                    : WriteAnswer.of(Kind.UNKNOWN, answer.code(), "", "the answer holds no complete success");
        }
        return WriteAnswer.of(kind(answer.code()), answer.code(), reason(status), Classification.message(status));
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
