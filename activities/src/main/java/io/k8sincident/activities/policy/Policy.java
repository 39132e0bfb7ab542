package io.k8sincident.activities.policy;

import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be planned and done. Deny wins over allow, and what is not named is not allowed. Immutable.
 *
 * @param file as it is named in verdicts
 * @param allowed namespaces, each with its place
 * @param denied namespaces, each with its place
 * @param actions by kind, each with its place
 * @param decisions what is demanded of those who approve
 * @param digest {@code sha256:} of the file's text
 */
public record Policy(
        String file,
        Map<String, String> allowed,
        Map<String, String> denied,
        Map<String, Map<String, String>> actions,
        Limit<Risk> highestRisk,
        Decisions decisions,
        String digest) {

    /** A value of the policy and where it stands. */
    public record Limit<T>(T value, String place) {}

    public Policy {
        allowed = Map.copyOf(allowed);
        denied = Map.copyOf(denied);
        actions = Map.copyOf(actions);
    }

    /**
     * Reads a policy.
     *
     * @param file as it is to be named in verdicts and errors
     * @param folder that relative paths in it start from
     * @throws PolicyException if anything in it is not understood
     */
    public static Policy parse(String file, String text, Path folder) {
        return PolicyReader.read(file, text, folder, Digest.of(text));
    }

    /** Reads a policy whose relative paths start from the current folder. */
    public static Policy parse(String file, String text) {
        return parse(file, text, Path.of(""));
    }

    /** Whether a decision needs a signature. */
    public Limit<Boolean> requireProof() {
        return decisions.requireProof();
    }

    /** Whether the one who asked for a plan may not approve it. */
    public Limit<Boolean> separateDuties() {
        return decisions.separateDuties();
    }

    /** What it says to these actions together; the first denial wins, an allowance names the namespace's line. */
    public PolicyVerdict evaluate(List<Action> planned, Risk risk) {
        if (planned.isEmpty()) {
            return PolicyVerdict.deny(file + ":1", "a plan without actions is not allowed");
        }
        return planned.stream()
                .map(action -> denial(action, risk))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> allowance(planned.get(0).target()));
    }

    private PolicyVerdict allowance(Target target) {
        String namespace = namespace(target);
        return PolicyVerdict.allow(
                allowed.getOrDefault(namespace, file + ":1"), "namespace " + namespace + " is allowed");
    }

    private Optional<PolicyVerdict> denial(Action action, Risk risk) {
        return beyondHardLimits(action.target())
                .or(() -> namespaceDenied(namespace(action.target())))
                .or(() -> actionDenied(action))
                .or(() -> riskDenied(risk));
    }

    private static Optional<PolicyVerdict> beyondHardLimits(Target target) {
        return HardLimits.forKind(target.kind())
                .or(() -> HardLimits.forNamespace(namespace(target)))
                .map(reason -> PolicyVerdict.deny("hard limit", reason));
    }

    private Optional<PolicyVerdict> namespaceDenied(String namespace) {
        String denial = denied.get(namespace);
        if (denial != null) {
            return Optional.of(PolicyVerdict.deny(denial, "namespace " + namespace + " is denied"));
        }
        return allowed.containsKey(namespace)
                ? Optional.empty()
                : Optional.of(PolicyVerdict.deny(
                        firstPlace(allowed), "namespace " + namespace + " is not among those allowed"));
    }

    private Optional<PolicyVerdict> actionDenied(Action action) {
        String kind = action.target().kind();
        String type = ActionType.of(action).name();
        Map<String, String> ofKind = actions.get(kind);
        if (ofKind == null) {
            String place = actions.values().stream()
                    .map(Policy::firstPlace)
                    .sorted()
                    .findFirst()
                    .orElse(file + ":1");
            return Optional.of(PolicyVerdict.deny(place, "no action on a " + kind + " is allowed"));
        }
        return ofKind.containsKey(type)
                ? Optional.empty()
                : Optional.of(PolicyVerdict.deny(firstPlace(ofKind), type + " on a " + kind + " is not allowed"));
    }

    private Optional<PolicyVerdict> riskDenied(Risk risk) {
        return risk.exceeds(highestRisk.value())
                ? Optional.of(PolicyVerdict.deny(
                        highestRisk.place(), "risk " + risk + " is above the highest allowed, " + highestRisk.value()))
                : Optional.empty();
    }

    private static String namespace(Target target) {
        return target.namespace() == null ? "" : target.namespace();
    }

    private static String firstPlace(Map<String, String> places) {
        return places.values().stream().sorted().findFirst().orElse("policy");
    }
}
