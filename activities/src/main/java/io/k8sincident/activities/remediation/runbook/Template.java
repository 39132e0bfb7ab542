package io.k8sincident.activities.remediation.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.diagnosis.rules.Culprits;
import io.k8sincident.activities.diagnosis.view.Reference;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.TemplateReach;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether two revisions differ in what a cause names: only then does going back help. */
final class Template {
    private static final List<String> WHAT_RUNS = List.of(
            "image", "command", "args", "env", "envFrom", "workingDir", "volumeMounts", "securityContext", "ports");
    private static final Set<String> GENERAL = Set.of("image", "command", "args");
    private static final String KEY = "data.";

    private Template() {}

    /** The key of a ConfigMap or Secret that is at fault; empty if it is the whole object. */
    static String key(Culprit culprit) {
        String field = culprit.field();
        return field != null && field.startsWith(KEY) ? field.substring(KEY.length()) : "";
    }

    /** Whether a change of the template would come to the pods: otherwise it would be refused later. */
    static boolean reachesThePods(WorkloadView workload) {
        return TemplateReach.obstacle("", workload.resource().fields()).isEmpty();
    }

    /** Whether pods of this template do not start without an object, or the key of it, that is missing. */
    private static boolean needs(RevisionView revision, Culprit culprit) {
        Fields spec = revision.template().child("spec");
        String key = key(culprit);
        return switch (culprit.kind()) {
            case "ConfigMap", "Secret" ->
                Reference.of(spec).stream()
                        .anyMatch(reference -> reference.kind().equals(culprit.kind())
                                && reference.name().equals(culprit.name())
                                && !reference.optional()
                                && (key.isEmpty() || reference.key().equals(key)));
            case "PersistentVolumeClaim" ->
                spec.list("volumes").stream()
                        .anyMatch(volume -> volume.text("persistentVolumeClaim", "claimName")
                                .equals(culprit.name()));
            case "ServiceAccount" -> spec.text("serviceAccountName").equals(culprit.name());
            default -> false;
        };
    }

    /** Whether going from one revision to the other changes the field at fault, or what runs where no field is named. */
    static boolean differs(RevisionView from, RevisionView to, @Nullable Culprit culprit) {
        if (culprit != null && Culprits.MISSING.equals(culprit.value()) && needs(from, culprit)) {
            return !needs(to, culprit);
        }
        if (culprit == null || culprit.container() == null) {
            return !spec(from).equals(spec(to));
        }
        Fields before = container(from, culprit.container());
        Fields after = container(to, culprit.container());
        if (!before.present() || !after.present()) {
            return true;
        }
        String field = culprit.field();
        if (field == null || GENERAL.contains(field)) {
            return WHAT_RUNS.stream().anyMatch(name -> differ(before, after, name))
                    || !from.template()
                            .child("spec", "volumes")
                            .json()
                            .equals(to.template().child("spec", "volumes").json());
        }
        if (field.startsWith("resources.requests")) {
            return differ(before, after, field.split("\\."));
        }
        String root = field.split("[.\\[]", 2)[0];
        return differ(before, after, root)
                || podSecurity(from, to)
                || WHAT_RUNS.stream().anyMatch(name -> differ(before, after, name));
    }

    private static boolean podSecurity(RevisionView from, RevisionView to) {
        return differ(from.template(), to.template(), "spec", "securityContext");
    }

    private static Fields container(RevisionView revision, @Nullable String name) {
        return name == null
                ? revision.template().child("no such field")
                : revision.container(name).orElse(revision.template().child("no such field"));
    }

    private static boolean differ(Fields before, Fields after, String... path) {
        return !before.child(path).json().equals(after.child(path).json());
    }

    private static JsonNode spec(RevisionView revision) {
        return revision.template().child("spec").json();
    }
}
