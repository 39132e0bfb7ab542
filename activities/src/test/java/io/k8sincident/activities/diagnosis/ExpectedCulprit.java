package io.k8sincident.activities.diagnosis;

import io.k8sincident.workflows.model.Culprit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What an operator would call at fault: an entry of {@code recordings/culprits.yaml}.
 *
 * @param cause of which incident of the scenario; absent where it has one
 * @param container absent where none is named
 * @param field the beginning of a field's path; absent where none is named
 * @param also what may be named as well
 */
record ExpectedCulprit(
        @Nullable String cause,
        String kind,
        String name,
        @Nullable String container,
        @Nullable String field,
        List<ExpectedCulprit> also) {

    /** Of all scenarios, by {@code set/scenario}. */
    static Map<String, List<ExpectedCulprit>> all() {
        Map<String, List<ExpectedCulprit>> all = new LinkedHashMap<>();
        Map<?, ?> sets = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromInputStream(UnpackedRecordings.resource("culprits.yaml"));
        sets.forEach((set, scenarios) ->
                ((Map<?, ?>) scenarios).forEach((scenario, entry) -> all.put(set + "/" + scenario, list(entry))));
        return all;
    }

    private static List<ExpectedCulprit> list(@Nullable Object entry) {
        if (entry == null) {
            return List.of();
        }
        List<ExpectedCulprit> culprits = new ArrayList<>();
        List<?> entries = entry instanceof List<?> several ? several : List.of(entry);
        entries.forEach(one -> culprits.add(of((Map<?, ?>) one)));
        return culprits;
    }

    private static ExpectedCulprit of(Map<?, ?> entry) {
        return new ExpectedCulprit(
                text(entry, "cause"),
                String.valueOf(entry.get("kind")),
                String.valueOf(entry.get("name")),
                text(entry, "container"),
                text(entry, "field"),
                list(entry.get("also")));
    }

    private static @Nullable String text(Map<?, ?> entry, String key) {
        return entry.get(key) == null ? null : String.valueOf(entry.get(key));
    }

    /** Whether this is what was named: kind and name, and container and the beginning of the field where they matter. */
    boolean matches(@Nullable Culprit named) {
        if (named == null) {
            return false;
        }
        boolean same = named.kind().equals(kind)
                && named.name().equals(name)
                && (container == null || container.equals(named.container()))
                && (field == null || begins(named.field(), field));
        return same || also.stream().anyMatch(other -> other.matches(named));
    }

    /**
     * Up to the end of a part of the path; a template's fields may be named from the top of the workload,
     * and elements of lists as {@code [x]} or {@code [name=x]}.
     */
    private static boolean begins(@Nullable String path, String prefix) {
        if (path == null) {
            return false;
        }
        String below = path.startsWith("spec.template.") ? path.substring("spec.template.".length()) : path;
        String plain = below.replace("[name=", "[");
        return plain.equals(prefix) || plain.startsWith(prefix + ".") || plain.startsWith(prefix + "[");
    }
}
