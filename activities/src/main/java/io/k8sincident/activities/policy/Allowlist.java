package io.k8sincident.activities.policy;

import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether namespaces, actions and risk are named by the policy, and the hard limits that it cannot lift. */
final class Allowlist {
    private final Policy policy;

    Allowlist(Policy policy) {
        this.policy = policy;
    }

    /** At least one verdict; if all allow, the first names the line of the first action's namespace. */
    List<PolicyVerdict> checks(List<Action> planned, Risk risk) {
        List<PolicyVerdict> verdicts = new ArrayList<>();
        if (planned.isEmpty()) {
            verdicts.add(PolicyVerdict.deny(policy.file() + ":1", "a plan without actions is not allowed"));
        }
        for (Action action : planned) {
            hardLimit(action.target()).ifPresent(verdicts::add);
            verdicts.add(namespace(namespaceOf(action.target())));
            verdicts.add(action(action));
        }
        verdicts.add(risk(risk));
        return verdicts;
    }

    static String namespaceOf(Target target) {
        return target.namespace() == null ? "" : target.namespace();
    }

    private static Optional<PolicyVerdict> hardLimit(Target target) {
        return HardLimits.forKind(target.kind())
                .or(() -> HardLimits.forNamespace(namespaceOf(target)))
                .map(reason -> PolicyVerdict.deny("hard limit", reason));
    }

    private PolicyVerdict namespace(String namespace) {
        String denial = policy.denied().get(namespace);
        if (denial != null) {
            return PolicyVerdict.deny(denial, "namespace " + namespace + " is denied");
        }
        String allowance = policy.allowed().get(namespace);
        return allowance == null
                ? PolicyVerdict.deny(
                        firstPlace(policy.allowed()), "namespace " + namespace + " is not among those allowed")
                : PolicyVerdict.allow(allowance, "namespace " + namespace + " is allowed");
    }

    private PolicyVerdict action(Action action) {
        String kind = action.target().kind();
        String type = ActionType.of(action).name();
        Map<String, String> ofKind = policy.actions().get(kind);
        if (ofKind == null) {
            String place = policy.actions().values().stream()
                    .map(Allowlist::firstPlace)
                    .sorted()
                    .findFirst()
                    .orElse(policy.file() + ":1");
            return PolicyVerdict.deny(place, "no action on a " + kind + " is allowed");
        }
        String allowance = ofKind.get(type);
        return allowance == null
                ? PolicyVerdict.deny(firstPlace(ofKind), type + " on a " + kind + " is not allowed")
                : PolicyVerdict.allow(allowance, type + " on a " + kind + " is allowed");
    }

    private PolicyVerdict risk(Risk risk) {
        Risk highest = policy.highestRisk().value();
        return risk.exceeds(highest)
                ? PolicyVerdict.deny(
                        policy.highestRisk().place(), "risk " + risk + " is above the highest allowed, " + highest)
                : PolicyVerdict.allow(
                        policy.highestRisk().place(), "risk " + risk + " is not above the highest allowed, " + highest);
    }

    private static String firstPlace(Map<String, String> places) {
        return places.values().stream().sorted().findFirst().orElse("policy");
    }
}
