package io.k8sincident.activities.advice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/** Reads a model's answer strictly: exactly the fields of the schema, of their types, each once, and nothing after. */
final class AnswerReader {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(ChatAnswer.LONGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private AnswerReader() {}

    /** The answer; the white space with which models fill up what they may write does not matter. */
    static Answer read(String content) throws ModelTrouble {
        String json = content.strip();
        if (json.isEmpty()) {
            throw ModelTrouble.answer("the model's answer is empty");
        }
        try {
            Answer answer = MAPPER.readValue(json, Answer.class);
            if (answer == null) {
                throw ModelTrouble.answer("the model's answer is no JSON object");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw ModelTrouble.answer(
                    "the model's answer does not follow the schema: " + Shown.line(e.getOriginalMessage(), 200));
        }
    }
}
