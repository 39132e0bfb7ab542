package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Exclusion;
import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Rule;
import io.k8sincident.activities.diagnosis.rules.Rules;
import io.k8sincident.activities.diagnosis.rules.Statement;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.runbook.Runbooks;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer to a snapshot as lines of text: every diagnosis, and every finding of every rule behind it, with what it
 * explains, claims, cites and rules out. Not thread-safe.
 */
final class AnswerText {
    private final StringBuilder text = new StringBuilder();
    private final Map<WorkloadView, List<Finding>> found = new LinkedHashMap<>();

    private AnswerText() {}

    static String of(Snapshot snapshot) {
        AnswerText answer = new AnswerText();
        List<Rule> rules = Rules.all().stream().map(answer::watched).toList();
        new RuleDiagnostician(rules, Runbooks.standard()).diagnose(snapshot).forEach(answer::diagnosis);
        answer.found.forEach(answer::findings);
        return answer.text.toString();
    }

    /** The same rule, whose findings are remembered, so that no rule is asked twice. */
    private Rule watched(Rule rule) {
        return workload -> {
            Optional<Finding> finding = rule.examine(workload);
            finding.ifPresent(one ->
                    found.computeIfAbsent(workload, key -> new ArrayList<>()).add(one));
            return finding;
        };
    }

    private void diagnosis(Diagnosis diagnosis) {
        line("%s: %s, %s, %s since %s"
                .formatted(
                        Score.name(diagnosis.target()),
                        diagnosis.cause() == null ? "no cause" : diagnosis.cause(),
                        diagnosis.confidence(),
                        diagnosis.symptom(),
                        diagnosis.since()));
        diagnosis.contributing().forEach(other -> line("  with %s: %s".formatted(other.cause(), other.summary())));
        list("affects", diagnosis.affected());
        list("consequences", diagnosis.consequences());
        diagnosis.missing().forEach(missing -> line("  missing %s: %s".formatted(missing.what(), missing.command())));
        diagnosis.offers().forEach(this::offer);
    }

    private void offer(Offer offer) {
        List<String> actions = offer.actions().stream().map(Action::describe).toList();
        line("  offer %s %s %s needs %s".formatted(offer.runbook(), offer.risk(), actions, offer.needsValue()));
    }

    private void findings(WorkloadView workload, List<Finding> findings) {
        Ranking.ranked(workload, findings).forEach(finding -> finding(workload, finding));
    }

    private void finding(WorkloadView workload, Finding finding) {
        line("  %s of %s, %s, %s"
                .formatted(
                        finding.cause(),
                        workload.resource().kindName(),
                        finding.confidence(),
                        finding.specific() ? "specific" : "general"));
        finding.common().ifPresent(common -> line("    common to %s".formatted(target(common))));
        finding.dependency().map(Resource::kindName).ifPresent(service -> line("    depends on %s".formatted(service)));
        Optional.ofNullable(finding.actOn()).ifPresent(target -> line("    acts on %s".formatted(target(target))));
        line("    explains %s"
                .formatted(finding.explains().stream().map(AnswerText::trouble).collect(Collectors.joining(", "))));
        Optional.ofNullable(finding.culprit()).ifPresent(culprit -> line("    culprit %s".formatted(culprit(culprit))));
        Evidence evidence = new Evidence();
        for (Statement claim : finding.claims()) {
            line("    claim %s %s".formatted(evidence.cite(claim.facts()), claim.text()));
        }
        for (Exclusion other : finding.exclusions()) {
            line("    not %s %s %s".formatted(other.cause(), evidence.cite(other.facts()), other.because()));
        }
        evidence.observations()
                .forEach(fact -> line("    %s %s %s: %s"
                        .formatted(fact.id(), shortened(fact.digest()), fact.where(), fact.summary())));
    }

    private static String trouble(Trouble trouble) {
        PodView pod = trouble.pod();
        ContainerView container = trouble.container();
        return trouble.kind()
                + (pod == null ? "" : " " + pod.name())
                + (container == null ? "" : "/" + container.name())
                + " " + trouble.symptom();
    }

    private static String culprit(Culprit culprit) {
        return culprit.kind() + "/" + culprit.name() + part(" container ", culprit.container())
                + part(" field ", culprit.field()) + part(" value ", culprit.value());
    }

    private static String part(String name, @Nullable String value) {
        return value == null ? "" : name + value;
    }

    private static String target(Target target) {
        return target.apiVersion() + " " + target.namespace() + " " + target.kindName();
    }

    private static String shortened(String digest) {
        return digest.substring("sha256:".length(), "sha256:".length() + 6);
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            line("  %s %s".formatted(name, String.join(", ", values)));
        }
    }

    private void line(String line) {
        text.append(Words.shown(line).stripTrailing()).append('\n');
    }
}
