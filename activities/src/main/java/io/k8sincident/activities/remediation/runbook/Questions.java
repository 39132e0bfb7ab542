package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What only a human can answer, asked where nothing that is safe can be done without the answer. */
final class Questions {
    private Questions() {}

    static List<String> of(Diagnosis diagnosis) {
        List<String> questions = new ArrayList<>();
        Target target = diagnosis.target();
        String subject = target == null ? "the cluster" : target.kindName();
        if (diagnosis.abstained()) {
            diagnosis
                    .missing()
                    .forEach(missing -> questions.add(
                            "What does this say about " + subject + ": " + missing.what() + "? " + missing.command()));
            return questions;
        }
        boolean readyToPlan =
                diagnosis.offers().stream().anyMatch(offer -> offer.needsValue().isEmpty());
        if (readyToPlan) {
            return questions;
        }
        diagnosis.offers().stream()
                .map(Offer::needsValue)
                .flatMap(List::stream)
                .map(value -> "What should " + value + " of " + subject + " be? Answer with: " + start(target)
                        + " --set " + example(value))
                .forEach(questions::add);
        if (questions.isEmpty()) {
            questions.add(about(diagnosis, subject));
        }
        return questions;
    }

    private static String start(@Nullable Target target) {
        if (target == null) {
            return "incident start";
        }
        String namespace = target.namespace() == null ? "" : " -n " + target.namespace();
        return "incident start " + target.typed() + namespace + " --mode remediate";
    }

    private static String example(String value) {
        if (value.endsWith(".command")) {
            return value + "='[\"/path/to/program\"]'";
        }
        return value + (value.endsWith(".image") ? "=REGISTRY/NAME:TAG" : "=VALUE");
    }

    private static String about(Diagnosis diagnosis, String subject) {
        String cause = String.valueOf(diagnosis.cause());
        Culprit culprit = diagnosis.culprit();
        String object = culprit == null ? subject : culprit.kind() + " " + culprit.name();
        if (cause.startsWith("missing-")) {
            return "Should " + object + " exist with what " + subject + " expects of it, or should " + subject
                    + " refer to another one?";
        }
        return switch (cause) {
            case "app-exit" -> "What does the application of " + subject + " need to start, and who owns it?";
            case "oom-limit" -> "How much memory may " + subject + " use, and has its need grown?";
            case "insufficient-cpu", "insufficient-memory" ->
                "May " + subject + " request less, run fewer replicas, or get larger nodes?";
            case "image-unauthorized", "registry-unreachable" ->
                "Who runs the registry of " + object + ", and may this cluster pull from it?";
            default ->
                "What should " + (culprit == null || culprit.field() == null ? object : culprit.field()) + " of "
                        + subject + " be, given " + cause + "?";
        };
    }
}
