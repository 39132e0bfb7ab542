package io.k8sincident.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.cli.output.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Objects to apply, in order.
 *
 * @param objects as JSON
 */
public record Manifest(List<JsonNode> objects) {
    /** The only namespace that scenarios may touch. */
    public static final String NAMESPACE = "demo";

    public Manifest {
        objects = List.copyOf(objects);
    }

    /**
     * Reads YAML documents.
     *
     * @throws Problem if they are no YAML, or an object lies outside of namespace {@code demo}
     */
    public static Manifest parse(String file, String yaml) {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> objects = new ArrayList<>();
        try {
            for (Object document :
                    new Load(LoadSettings.builder().setLabel(file).build()).loadAllFromString(yaml)) {
                if (document != null) {
                    objects.add(mapper.valueToTree(document));
                }
            }
        } catch (YamlEngineException e) {
            throw Problem.error(file + " is no YAML: " + e.getMessage(), "correct it")
                    .causedBy(e);
        }
        objects.forEach(object -> requireDemo(file, object));
        return new Manifest(objects);
    }

    private static void requireDemo(String file, JsonNode object) {
        boolean namespace = object.path("kind").asText().equals("Namespace");
        String place = namespace
                ? object.path("metadata").path("name").asText()
                : object.path("metadata").path("namespace").asText(NAMESPACE);
        if (!place.equals(NAMESPACE)) {
            throw Problem.refused(
                    file + " touches namespace '" + place + "'; scenarios may touch " + NAMESPACE + " only",
                    "incident scenarios list");
        }
    }

    /** The path of an object in the API. */
    static String path(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        String kind = object.path("kind").asText();
        String name = object.path("metadata").path("name").asText();
        if (kind.equals("Namespace")) {
            return root + "/namespaces/" + name;
        }
        return root + "/namespaces/" + NAMESPACE + "/" + plural(kind) + "/" + name;
    }

    static boolean isNamespace(JsonNode object) {
        return object.path("kind").asText().equals("Namespace");
    }

    /** {@code Deployment/crashy}. */
    static String kindName(JsonNode object) {
        return object.path("kind").asText() + "/"
                + object.path("metadata").path("name").asText();
    }

    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s")) {
            return lower + "es";
        }
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }
}
