package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable that the spec of a container sets, by its name or with all keys of an object ({@code envFrom}).
 *
 * @param value empty if only an object that is not read has it
 * @param certain whether it is there for sure: what an optional reference refers to may lack
 * @param key of the object; empty where the spec names the variable
 * @param source the ConfigMap or Secret whose keys become variables; null where the spec names the variable
 */
record Variable(
        String name,
        String value,
        boolean certain,
        String key,
        @Nullable Resource source) {

    /** All of them; the spec's own comes before an object's of the same name, a later object before an earlier one. */
    static List<Variable> of(ContainerView container) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        container.spec().list("envFrom").stream()
                .flatMap(from -> ofObject(container, from))
                .forEach(variable -> variables.put(variable.name(), variable));
        for (Fields entry : container.spec().list("env")) {
            String name = entry.text("name");
            String value = entry.text("value");
            if (value.isEmpty() && !entry.has("valueFrom")) {
                variables.remove(name);
            } else {
                variables.put(name, new Variable(name, value, !value.isEmpty() || required(entry), "", null));
            }
        }
        return List.copyOf(variables.values());
    }

    private static boolean required(Fields entry) {
        Fields from = entry.child("valueFrom");
        return !from.flag("configMapKeyRef", "optional") && !from.flag("secretKeyRef", "optional");
    }

    private static Stream<Variable> ofObject(ContainerView container, Fields from) {
        boolean secret = from.has("secretRef");
        String namespace = container.pod().resource().namespace();
        Optional<Resource> object = container
                .pod()
                .cluster()
                .find(
                        secret ? "Secret" : "ConfigMap",
                        namespace,
                        from.text(secret ? "secretRef" : "configMapRef", "name"));
        return object.stream()
                .flatMap(found -> found.fields().names("data").stream()
                        .map(key -> new Variable(
                                from.text("prefix") + key,
                                secret ? "" : found.fields().text("data", key),
                                true,
                                key,
                                found))
                        .filter(variable -> secret || !variable.value().isEmpty()));
    }
}
