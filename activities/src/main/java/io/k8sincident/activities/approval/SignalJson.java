package io.k8sincident.activities.approval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.SignalText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object that somebody signalled: read strictly, each mistake named with its field. */
final class SignalJson {
    private static final int DEEPEST = 8;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(20)
                            .maxStringLength(SignalText.KEPT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ObjectNode object;

    private SignalJson(ObjectNode object) {
        this.object = object;
    }

    /**
     * Reads a signal's argument.
     *
     * @throws MalformedSignalException if it is too long, no JSON object, or holds other fields than these
     */
    static SignalJson parse(SignalText signal, Set<String> allowed) {
        if (signal.truncated() || signal.text().length() > SignalText.KEPT) {
            throw new MalformedSignalException(
                    "it is " + signal.bytes() + " bytes long; at most " + SignalText.KEPT + " are read");
        }
        SignalJson json = new SignalJson(readObject(signal.text()));
        for (Iterator<String> names = json.object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!allowed.contains(name)) {
                throw new MalformedSignalException("unknown field '" + PlainText.shown(name, 64) + "'; allowed are "
                        + String.join(", ", allowed.stream().sorted().toList()));
            }
        }
        return json;
    }

    private static ObjectNode readObject(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedSignalException("it is no JSON object");
        } catch (JsonProcessingException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new MalformedSignalException("it is no strict JSON: " + PlainText.shown(problem, 200));
        }
    }

    /** All fields, as they came. */
    ObjectNode fields() {
        return object.deepCopy();
    }

    /** The version, which is 1 where it is absent. */
    void requireVersionOne() {
        JsonNode version = object.path("version");
        if (!version.isMissingNode() && !(version.isInt() && version.intValue() == 1)) {
            throw new MalformedSignalException(
                    "field 'version' is " + PlainText.shown(version.toString(), 40) + "; this program reads version 1");
        }
    }

    /** The text of a field; empty if it is absent or null. */
    Optional<String> text(String field, int longest) {
        return text(object.path(field), field, longest);
    }

    /** As {@link #text}, for a caller whose records hold nulls. */
    @Nullable
    String textOrNull(String field, int longest) {
        return text(field, longest).orElse(null);
    }

    String requiredText(String field, int longest) {
        return text(field, longest)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new MalformedSignalException("field '" + field + "' is missing"));
    }

    @Nullable
    Instant timeOrNull(String field) {
        return text(field, 40)
                .map(text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeException e) {
                        throw new MalformedSignalException(
                                "field '" + field + "' is no UTC time such as 2026-11-22T12:00:00Z");
                    }
                })
                .orElse(null);
    }

    /** The objects of a list, each with exactly these fields, all of them text. */
    List<SignalJson> objects(String field, Set<String> fields, int most) {
        JsonNode list = object.path(field);
        if (!list.isArray() || list.isEmpty() || list.size() > most) {
            throw new MalformedSignalException("field '" + field + "' must be a list of 1 to " + most + " objects");
        }
        List<SignalJson> objects = new java.util.ArrayList<>();
        for (JsonNode element : list) {
            if (!(element instanceof ObjectNode each)) {
                throw new MalformedSignalException("field '" + field + "' holds something that is no object");
            }
            each.fieldNames().forEachRemaining(name -> {
                if (!fields.contains(name)) {
                    throw new MalformedSignalException(
                            "unknown field '" + PlainText.shown(name, 64) + "' in '" + field + "'; allowed are "
                                    + String.join(", ", fields.stream().sorted().toList()));
                }
            });
            objects.add(new SignalJson(each));
        }
        return objects;
    }

    private static Optional<String> text(JsonNode node, String field, int longest) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new MalformedSignalException("field '" + field + "' must be text");
        }
        if (node.textValue().length() > longest) {
            throw new MalformedSignalException("field '" + field + "' is longer than " + longest + " characters");
        }
        return Optional.of(node.textValue());
    }
}
