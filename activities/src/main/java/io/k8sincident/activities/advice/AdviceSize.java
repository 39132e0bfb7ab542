package io.k8sincident.activities.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.DropReason;
import io.k8sincident.workflows.workflow.WireFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps advice small enough for a workflow history: what comes last goes first. */
final class AdviceSize {
    /** Bytes of JSON. */
    static final int LARGEST = 8 * 1024;

    private static final ObjectMapper MAPPER = WireFormat.mapper();

    private AdviceSize() {}

    static Advice fitted(Advice advice) {
        Advice fitted = advice;
        while (bytes(fitted) > LARGEST
                && fitted.claims().size() + fitted.hypotheses().size() > 0) {
            fitted = shorter(fitted);
        }
        return fitted;
    }

    private static Advice shorter(Advice advice) {
        boolean claim = !advice.claims().isEmpty();
        Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
        dropped.putAll(advice.dropped());
        dropped.merge(DropReason.TOO_MANY, 1, Integer::sum);
        return new Advice(
                advice.status(),
                advice.model(),
                advice.promptDigest(),
                advice.answerDigest(),
                advice.took(),
                advice.promptTokens(),
                advice.answerTokens(),
                advice.cause(),
                advice.agreement(),
                advice.ranking(),
                advice.summary(),
                claim ? butLast(advice.claims()) : advice.claims(),
                claim ? advice.hypotheses() : butLast(advice.hypotheses()),
                advice.evidence(),
                dropped,
                advice.reason());
    }

    private static <T> List<T> butLast(List<T> list) {
        return list.subList(0, list.size() - 1);
    }

    static int bytes(Advice advice) {
        try {
            return MAPPER.writeValueAsBytes(advice).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("advice is always representable as JSON", e);
        }
    }
}
