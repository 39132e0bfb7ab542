package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.workflows.model.Lift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What denies although namespace, action and risk are allowed: mode, freezes, opt-outs, limits and rules. */
final class Guards {
    private final Policy policy;

    Guards(Policy policy) {
        this.policy = policy;
    }

    /** What each guard that has something to say says. */
    List<PolicyVerdict> checks(PolicyQuestion question) {
        List<PolicyVerdict> verdicts = new ArrayList<>();
        question.steps().stream()
                .map(step -> Allowlist.namespaceOf(step.action().target()))
                .distinct()
                .forEach(namespace -> {
                    mode(namespace, question.stage()).ifPresent(verdicts::add);
                    freeze(namespace, question).ifPresent(verdicts::add);
                });
        for (Step first : question.firstOfEachTarget()) {
            verdicts.addAll(object(first, question));
        }
        return verdicts;
    }

    /** The first freeze that holds in this namespace at this time. */
    static Optional<PolicyVerdict> frozen(Policy policy, String namespace, Instant at) {
        return policy.freezes().stream()
                .flatMap(freeze -> freeze
                        .endOf(namespace, at)
                        .map(end -> PolicyVerdict.denyUnlessLifted(
                                Lift.FREEZE,
                                freeze.place(),
                                "freeze '" + freeze.name() + "' holds until "
                                        + end.atZone(freeze.zone()).toOffsetDateTime() + " ("
                                        + freeze.zone().getId() + ")"))
                        .stream())
                .findFirst();
    }

    private Optional<PolicyVerdict> mode(String namespace, Stage stage) {
        return policy.heldToProposals(namespace)
                .map(place -> stage == Stage.PLAN
                        ? PolicyVerdict.allow(
                                place, "namespace " + namespace + " is held to proposals: nothing can be approved")
                        : PolicyVerdict.deny(place, "namespace " + namespace + " is held to proposals"));
    }

    private Optional<PolicyVerdict> freeze(String namespace, PolicyQuestion question) {
        Optional<PolicyVerdict> frozen = frozen(policy, namespace, question.at());
        return question.stage() == Stage.PLAN
                ? frozen.map(verdict -> PolicyVerdict.allow(
                        verdict.place(), verdict.reason() + ": it can be proposed, but not approved before that"))
                : frozen;
    }

    private List<PolicyVerdict> object(Step first, PolicyQuestion question) {
        String path = first.action().target().path();
        JsonNode after = question.lastOn(first).after();
        if (!first.before().isObject() || !after.isObject()) {
            return List.of(PolicyVerdict.deny(
                    policy.file() + ":1", "what " + path + " is before and after is not in the blob store any more"));
        }
        List<PolicyVerdict> verdicts = new ArrayList<>();
        optOut(first).ifPresent(verdicts::add);
        if (question.stage() != Stage.RESTORE) {
            verdicts.addAll(growth(first.before(), after, path));
        }
        verdicts.addAll(rules(first, question));
        return verdicts;
    }

    private Optional<PolicyVerdict> optOut(Step step) {
        JsonNode annotations = step.before().path("metadata").path("annotations");
        return policy.optOut().entrySet().stream()
                .filter(key -> annotations.has(key.getKey()))
                .map(key -> PolicyVerdict.deny(
                        key.getValue(), step.action().target().path() + " has the annotation " + key.getKey()))
                .findFirst();
    }

    private List<PolicyVerdict> growth(JsonNode before, JsonNode after, String path) {
        List<PolicyVerdict> verdicts = new ArrayList<>();
        Limit<Integer> percent = policy.limits().growthPercent();
        Growth.beyond(percent.value(), before, after)
                .map(what -> PolicyVerdict.deny(
                        percent.place(), path + ": " + what + "; at most " + percent.value() + " % more is allowed"))
                .ifPresent(verdicts::add);
        policy.limits()
                .maxReplicas()
                .flatMap(most -> Growth.raisedReplicas(before, after)
                        .filter(replicas -> replicas > most.value())
                        .map(replicas -> PolicyVerdict.denyUnlessLifted(
                                Lift.LIMITS,
                                most.place(),
                                path + " would have " + replicas + " replicas; at most " + most.value()
                                        + " are allowed")))
                .ifPresent(verdicts::add);
        return verdicts;
    }

    private List<PolicyVerdict> rules(Step step, PolicyQuestion question) {
        if (policy.rules().isEmpty()) {
            return List.of();
        }
        Map<String, Object> plan = Facts.plan(question);
        Map<String, Object> target;
        try {
            target = Facts.target(step);
        } catch (IllegalArgumentException e) {
            return List.of(
                    PolicyVerdict.deny(policy.rules().get(0).place(), "rules cannot be asked: " + e.getMessage()));
        }
        return policy.rules().stream()
                .map(rule -> rule.denial(plan, target)
                        .map(why -> PolicyVerdict.deny(rule.place(), why))
                        .orElseGet(
                                () -> PolicyVerdict.allow(rule.place(), "rule '" + rule.name() + "' does not deny it")))
                .sorted(Comparator.comparing(PolicyVerdict::allowed))
                .toList();
    }
}
