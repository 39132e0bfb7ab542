package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Resolves a container's variables, from ConfigMaps, Secrets and the pod itself. */
final class Environment {
    /** A reference that leads nowhere, in the kubelet's words. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1;

        Unresolved(String message) {
            super(message, null, false, false);
        }
    }

    private final ObjectStore store;

    Environment(ObjectStore store) {
        this.store = store;
    }

    Map<String, String> of(ObjectNode pod, ObjectNode container) throws Unresolved {
        Map<String, String> variables = new TreeMap<>();
        variables.put("HOSTNAME", Meta.name(pod));
        variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        for (ObjectNode source : Json.objects(container.path("envFrom"))) {
            String prefix = Json.text(source, "prefix");
            for (Source kind : Source.values()) {
                if (source.has(kind.fromField)) {
                    all(pod, source.path(kind.fromField), kind)
                            .forEach((key, value) -> variables.put(prefix + key, value));
                }
            }
        }
        for (ObjectNode variable : Json.objects(container.path("env"))) {
            Optional<String> value = value(pod, variable);
            value.ifPresent(text -> variables.put(Json.text(variable, "name"), text));
        }
        return variables;
    }

    private Optional<String> value(ObjectNode pod, ObjectNode variable) throws Unresolved {
        JsonNode from = variable.path("valueFrom");
        for (Source kind : Source.values()) {
            JsonNode reference = from.path(kind.keyField);
            if (!reference.isMissingNode()) {
                return Optional.ofNullable(key(pod, reference, kind));
            }
        }
        String field = Json.text(from, "fieldRef", "fieldPath");
        if (!field.isEmpty()) {
            return Optional.of(Json.text(pod, field.split("\\.")));
        }
        return Optional.of(Json.text(variable, "value"));
    }

    private @Nullable String key(ObjectNode pod, JsonNode reference, Source kind) throws Unresolved {
        String name = Json.text(reference, "name");
        String key = Json.text(reference, "key");
        boolean optional = reference.path("optional").asBoolean(false);
        Optional<ObjectNode> object = find(pod, kind, name);
        if (object.isEmpty() && !optional) {
            throw new Unresolved(kind.missing(name));
        }
        String value = object.map(found -> kind.values(found).get(key)).orElse(null);
        if (value == null && !optional) {
            throw new Unresolved(
                    "couldn't find key " + key + " in " + kind.title + " " + Meta.namespace(pod) + "/" + name);
        }
        return value;
    }

    private Map<String, String> all(ObjectNode pod, JsonNode reference, Source kind) throws Unresolved {
        String name = Json.text(reference, "name");
        Optional<ObjectNode> object = find(pod, kind, name);
        if (object.isEmpty() && !reference.path("optional").asBoolean(false)) {
            throw new Unresolved(kind.missing(name));
        }
        return object.map(kind::values).orElse(Map.of());
    }

    private Optional<ObjectNode> find(ObjectNode pod, Source kind, String name) {
        return store.get(new ObjectKey(kind.type(), Meta.namespace(pod), name));
    }

    /** What variables may come from. */
    private enum Source {
        CONFIG_MAP("configMapRef", "configMapKeyRef", "ConfigMap", "configmap"),
        SECRET("secretRef", "secretKeyRef", "Secret", "secret");

        private final String fromField;
        private final String keyField;
        private final String title;
        private final String word;

        Source(String fromField, String keyField, String title, String word) {
            this.fromField = fromField;
            this.keyField = keyField;
            this.title = title;
            this.word = word;
        }

        ResourceType type() {
            return this == CONFIG_MAP ? Catalog.CONFIG_MAPS : Catalog.SECRETS;
        }

        String missing(String name) {
            return word + " \"" + name + "\" not found";
        }

        Map<String, String> values(ObjectNode object) {
            Map<String, String> values = new TreeMap<>(Json.strings(object.path("data")));
            if (this == SECRET) {
                values.replaceAll((key, value) -> decoded(value));
            }
            return values;
        }

        private static String decoded(String base64) {
            try {
                return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
    }
}
