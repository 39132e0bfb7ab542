package io.k8sincident.activities.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON with Kubernetes objects: lists of any kind, arrays, or objects, one after another. One element of a list is
 * in memory at a time beside what is kept.
 */
final class JsonObjects {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final ObjectCollector into;

    /** The name of the file is for what is said of it. */
    JsonObjects(String file, ObjectCollector into) {
        this.file = file;
        this.into = into;
    }

    /** Reads to the end. */
    void read(InputStream json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            while (parser.nextToken() != null) {
                value(parser, false);
            }
        }
    }

    private void value(JsonParser parser, boolean inList) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(parser, true);
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(parser, inList);
        } else {
            into.drop(file, "no Kubernetes object");
        }
    }

    /** An object, or a list whose elements may come before the field that says their kind. */
    private void object(JsonParser parser, boolean inList) throws IOException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        List<JsonNode> waiting = new ArrayList<>();
        boolean list = false;
        long start = parser.currentLocation().getByteOffset();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("items") && token == JsonToken.START_ARRAY) {
                list = true;
                items(parser, fields, waiting);
            } else if (name.equals("items") && token == JsonToken.VALUE_NULL) {
                list = true;
            } else {
                fields.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        String kind = elementKind(fields);
        for (JsonNode element : waiting) {
            element(element, kind, fields.path("apiVersion").asText());
        }
        if (!list) {
            keep(fields, inList, parser.currentLocation().getByteOffset() - start);
        } else if (kind != null) {
            into.listed(kind);
        }
    }

    private void items(JsonParser parser, ObjectNode list, List<JsonNode> waiting) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                into.drop(file, "no Kubernetes object");
                continue;
            }
            long start = parser.currentLocation().getByteOffset();
            ObjectNode element = parser.readValueAsTree();
            long bytes = parser.currentLocation().getByteOffset() - start;
            if (bytes > ObjectCollector.LARGEST_OBJECT) {
                tooLarge(bytes);
            } else if (element.has("kind") || elementKind(list) != null) {
                element(element, elementKind(list), list.path("apiVersion").asText());
            } else {
                waiting.add(element);
            }
        }
    }

    /** An element of a typed list, such as a PodList, does not say what it is. */
    private void element(JsonNode json, @Nullable String kind, String apiVersion) {
        if (json.path("items").isArray()) {
            json.path("items").forEach(inner -> element(inner, null, ""));
            return;
        }
        if (json instanceof ObjectNode object && !object.has("kind") && kind != null) {
            object.put("kind", kind).put("apiVersion", apiVersion);
        }
        requireRoom();
        into.add(json, true, file);
    }

    private void keep(ObjectNode object, boolean inList, long bytes) {
        if (bytes > ObjectCollector.LARGEST_OBJECT) {
            tooLarge(bytes);
            return;
        }
        requireRoom();
        into.add(object, inList, file);
    }

    private void tooLarge(long bytes) {
        into.drop(file, "it has " + bytes + " bytes, at most " + ObjectCollector.LARGEST_OBJECT + " are read of one");
    }

    private void requireRoom() {
        if (into.full()) {
            throw RecordingProblem.of(
                    file,
                    "brings more than " + ObjectCollector.MOST_OBJECTS + " objects",
                    "give fewer namespaces at a time: incident record -n NAMESPACE --to PATH");
        }
    }

    private static @Nullable String elementKind(ObjectNode list) {
        String kind = list.path("kind").asText();
        return kind.endsWith("List") && kind.length() > "List".length()
                ? kind.substring(0, kind.length() - "List".length())
                : null;
    }
}
