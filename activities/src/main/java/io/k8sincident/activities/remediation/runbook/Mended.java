package io.k8sincident.activities.remediation.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a template was changed in just what a cause names, so that a pod made anew from it need not fail in the same way; of
 * a probe that fails, in the probe or in what runs.
 * {@link Template} asks for less: a roll-back leads to a template that has worked.
 */
final class Mended {
    private static final Set<String> PROGRAM = Set.of("image", "command", "args");
    private static final Set<String> WHAT_RUNS = Set.of("image", "command", "args", "env", "envFrom");
    private static final String SECURITY = "securityContext";

    private final RevisionView former;
    private final RevisionView current;

    Mended(RevisionView former, RevisionView current) {
        this.former = former;
        this.current = current;
    }

    /** Whether the current revision has something else, or nothing, where the former has what is at fault. */
    boolean of(WorkloadView workload, @Nullable Culprit culprit) {
        if (culprit == null) {
            return false;
        }
        String field = culprit.field() == null ? "" : culprit.field();
        boolean own = culprit.kind().equals(workload.kind())
                && culprit.name().equals(workload.resource().name());
        if (!own) {
            String key = Template.key(culprit);
            String used = key.isEmpty() ? culprit.name() : key;
            return mentions(former, used) && !mentions(current, used);
        }
        return culprit.container() == null ? pod(field) : container(culprit.container(), field);
    }

    private boolean pod(String field) {
        return field.startsWith("spec.") && differ(former.template(), current.template(), "spec", root(field, 1));
    }

    private boolean container(String name, String field) {
        Optional<Fields> before = former.container(name);
        Optional<Fields> after = current.container(name);
        if (before.isEmpty() || after.isEmpty()) {
            return before.isPresent();
        }
        if (PROGRAM.contains(field)) {
            return anyOf(PROGRAM, before.get(), after.get());
        }
        if (field.startsWith("resources.")) {
            return differ(before.get(), after.get(), field.split("\\.", -1));
        }
        String root = root(field, 0);
        if (root.equals(SECURITY) && differ(former.template(), current.template(), "spec", SECURITY)) {
            return true;
        }
        if (root.endsWith("Probe") && anyOf(WHAT_RUNS, before.get(), after.get())) {
            return true;
        }
        boolean declared = before.get().has(root) || after.get().has(root) || root.equals(SECURITY);
        return declared ? differ(before.get(), after.get(), root) : anyOf(WHAT_RUNS, before.get(), after.get());
    }

    /** One name of a path such as {@code spec.volumes[data]}. */
    private static String root(String field, int position) {
        return field.split("[.\\[]", -1)[position];
    }

    private static boolean anyOf(Set<String> fields, Fields before, Fields after) {
        return fields.stream().anyMatch(field -> differ(before, after, field));
    }

    private static boolean differ(Fields before, Fields after, String... path) {
        return !before.child(path).json().equals(after.child(path).json());
    }

    /** Whether a value in the template is exactly this text. */
    private static boolean mentions(RevisionView revision, String text) {
        return holds(revision.template().child("spec").json(), text);
    }

    private static boolean holds(JsonNode json, String text) {
        if (json.isTextual()) {
            return json.textValue().equals(text);
        }
        for (JsonNode child : json) {
            if (holds(child, text)) {
                return true;
            }
        }
        return false;
    }
}
