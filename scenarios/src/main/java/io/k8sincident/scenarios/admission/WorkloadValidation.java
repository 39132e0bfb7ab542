package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.selector.LabelSelector;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what workloads have in common, and of Deployments in particular. */
final class WorkloadValidation {
    private static final Pattern SHARE = Pattern.compile("[0-9]{1,6}%");

    private WorkloadValidation() {}

    static void deployment(ObjectNode deployment, @Nullable ObjectNode before, List<Cause> causes) {
        JsonNode spec = deployment.path("spec");
        for (String field : List.of("replicas", "revisionHistoryLimit", "progressDeadlineSeconds", "minReadySeconds")) {
            if (spec.path(field).asLong(0) < 0) {
                causes.add(Cause.invalid(
                        "spec." + field, spec.path(field).asText(), "must be greater than or equal to 0"));
            }
        }
        String strategy = Json.text(spec, "strategy", "type");
        if (strategy.equals("Recreate") && spec.path("strategy").hasNonNull("rollingUpdate")) {
            causes.add(Cause.forbidden(
                    "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
        } else if (!strategy.equals("Recreate") && !strategy.equals("RollingUpdate")) {
            causes.add(new Cause(
                    "FieldValueNotSupported",
                    "spec.strategy.type",
                    "Unsupported value: \"" + strategy + "\": supported values: \"Recreate\", \"RollingUpdate\""));
        }
        for (String field : List.of("maxSurge", "maxUnavailable")) {
            share("spec.strategy.rollingUpdate." + field, Json.at(spec, "strategy", "rollingUpdate", field), causes);
        }
        if (before != null && !before.path("spec").path("selector").equals(spec.path("selector"))) {
            causes.add(Cause.invalid("spec.selector", spec.path("selector").toString(), "field is immutable"));
        }
    }

    static void template(ObjectNode workload, List<Cause> causes) {
        JsonNode selector = Json.at(workload, "spec", "selector");
        JsonNode labels = Json.at(workload, "spec", "template", "metadata", "labels");
        if (selector.isEmpty()) {
            causes.add(Cause.required("spec.selector"));
        }
        if (selector.isEmpty() || !LabelSelector.of(selector).matches(Json.strings(labels))) {
            causes.add(Cause.invalid(
                    "spec.template.metadata.labels",
                    labels.isMissingNode() ? "null" : labels.toString(),
                    "`selector` does not match template `labels`"));
        }
        Validation.labels("spec.template.labels", labels, causes);
        PodValidation.check("spec.template.spec", Json.at(workload, "spec", "template", "spec"), causes);
        String policy = Json.text(workload, "spec", "template", "spec", "restartPolicy");
        if (!policy.equals("Always")) {
            causes.add(new Cause(
                    "FieldValueNotSupported",
                    "spec.template.spec.restartPolicy",
                    "Unsupported value: \"" + policy + "\": supported values: \"Always\""));
        }
    }

    private static void share(String field, JsonNode value, List<Cause> causes) {
        boolean fine = value.isMissingNode()
                || (value.isInt() && value.asInt() >= 0)
                || (value.isTextual() && SHARE.matcher(value.asText()).matches());
        if (!fine) {
            causes.add(Cause.invalid(
                    field,
                    value.toString(),
                    "a valid percent string must be a numeric string followed by an ending '%'"
                            + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
        }
    }
}
