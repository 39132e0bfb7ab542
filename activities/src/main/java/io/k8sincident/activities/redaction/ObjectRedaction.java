package io.k8sincident.activities.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cleans objects of the Kubernetes API; see {@link Redactor#object}. */
final class ObjectRedaction {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /** Fields whose form the API server checks, so that they hold no credential, and rules rely on every character. */
    private static final Set<String> STRUCTURAL =
            Set.of("kind apiVersion name namespace uid resourceVersion imageID containerID reason type".split(" "));
    /** Its form is not checked, and rules rely on every character of it: cleaned of passwords in URLs only. */
    private static final String IMAGE = "image";

    private static final Set<String> VALUES_DROPPED = Set.of("ConfigMap", "Secret");
    /** Names the header of RFC 9110, and that for proxies. */
    private static final String AUTHORIZATION = "authorization";

    private static final List<String> COMMAND_FIELDS = List.of("command", "args");
    /** Stands between the words of a command line, more than one character wide: no word continues the one before. */
    private static final String LONE = "  ";

    private static final List<String> VALUE_FIELDS = List.of("data", "binaryData", "stringData");

    private ObjectRedaction() {}

    static ObjectNode apply(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        if (metadata instanceof ObjectNode fields) {
            fields.remove("managedFields");
        }
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
            named(annotations);
        }
        if (VALUES_DROPPED.contains(object.path("kind").asText())) {
            VALUE_FIELDS.forEach(field -> dropValues(object.path(field)));
        }
        fields(object);
        return object;
    }

    private static void fields(ObjectNode object) {
        arguments(object);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                if (field.getKey().equals(IMAGE)) {
                    field.setValue(TextNode.valueOf(Redactor.url(value.textValue())));
                } else if (!STRUCTURAL.contains(field.getKey())) {
                    field.setValue(clean(value));
                }
            } else if (value instanceof ObjectNode inner) {
                if (field.getKey().equals("annotations")) {
                    named(inner);
                }
                fields(inner);
            } else if (value instanceof ArrayNode array) {
                elements(array);
            }
        }
    }

    private static void elements(ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (element instanceof ObjectNode object) {
                variable(object);
                fields(object);
            } else if (element instanceof ArrayNode inner) {
                elements(inner);
            } else if (element.isTextual()) {
                String before = i > 0 ? array.get(i - 1).asText() : "";
                Optional<String> flag =
                        before.startsWith("-") && before.indexOf('=') < 0 ? SecretName.kind(before) : Optional.empty();
                boolean value = flag.isPresent() && !element.textValue().startsWith("-");
                array.set(i, value ? redacted(element.textValue(), flag.orElseThrow()) : clean(element));
            }
        }
    }

    /** Passwords among a container's arguments, whose program stands in its command or before them. */
    private static void arguments(ObjectNode container) {
        String program = "";
        for (String name : COMMAND_FIELDS) {
            if (container.path(name) instanceof ArrayNode words) {
                for (int i = 0; i < words.size() && program.isEmpty(); i++) {
                    String word = words.get(i).asText();
                    program = CommandPassword.knows(word) ? word : "";
                }
                if (!program.isEmpty()) {
                    argument(program, words);
                }
            }
        }
    }

    private static void argument(String program, ArrayNode words) {
        List<CommandPassword.Word> placed = new ArrayList<>();
        int start = 0;
        for (JsonNode word : words) {
            placed.add(new CommandPassword.Word(word.asText(), start, true));
            start += word.asText().length() + LONE.length();
        }
        CommandPassword.find(program, placed).ifPresent(span -> {
            int index = 0;
            while (index + 1 < placed.size() && placed.get(index + 1).start() <= span.start()) {
                index++;
            }
            int from = span.start() - placed.get(index).start();
            words.set(index, TextNode.valueOf(placed.get(index).text().substring(0, from) + span.replacement()));
        });
    }

    /** A variable of a container, or a header of a probe or a hook. */
    private static void variable(ObjectNode variable) {
        String name = variable.path("name").asText();
        String value =
                variable.path("value").isTextual() ? variable.path("value").textValue() : "";
        if (!value.isEmpty()) {
            SecretName.kind(name)
                    .or(() -> name.toLowerCase(Locale.ROOT).endsWith(AUTHORIZATION)
                            ? Optional.of(AUTHORIZATION)
                            : Optional.empty())
                    .ifPresent(kind -> variable.set("value", redacted(value, kind)));
        }
    }

    private static void named(ObjectNode map) {
        for (Map.Entry<String, JsonNode> field : map.properties()) {
            Optional<String> kind = SecretName.kind(field.getKey());
            if (kind.isPresent() && field.getValue().isTextual()) {
                field.setValue(redacted(field.getValue().textValue(), kind.orElseThrow()));
            }
        }
    }

    private static void dropValues(JsonNode values) {
        if (values instanceof ObjectNode map) {
            map.properties().forEach(field -> field.setValue(TextNode.valueOf("")));
        }
    }

    private static TextNode redacted(String value, String kind) {
        boolean reference = value.startsWith("$(") && value.endsWith(")");
        return TextNode.valueOf(reference ? value : "[redacted:" + kind + "]");
    }

    private static JsonNode clean(JsonNode text) {
        String clean = Redactor.text(text.textValue());
        return clean.equals(text.textValue()) ? text : TextNode.valueOf(clean);
    }
}
