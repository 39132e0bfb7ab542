package io.k8sincident.activities.policy;

import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Risk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
 * @param modes of namespaces that the policy names one for
 * @param optOut annotations by which an object takes itself out, each with its place
 * @param rules that deny
 * @param breakGlass who may go ahead against it; empty for nobody
 * @param adviceHosts hosts beyond this machine to which redacted evidence may be sent for a model's advice, each with its
 *     place
 * @param digest {@code sha256:} of the file's text
 */
public record Policy(
        String file,
        Map<String, String> allowed,
        Map<String, String> denied,
        Map<String, Map<String, String>> actions,
        Limit<Risk> highestRisk,
        Decisions decisions,
        Map<String, Limit<Mode>> modes,
        Limits limits,
        List<Freeze> freezes,
        Map<String, String> optOut,
        Optional<Breaker> breaker,
        List<DenyRule> rules,
        Optional<BreakGlassRule> breakGlass,
        Map<String, String> adviceHosts,
        String digest) {

    /** A value of the policy and where it stands. */
    public record Limit<T>(T value, String place) {}

    /** Copies. */
    public Policy {
        allowed = Collections.unmodifiableMap(new LinkedHashMap<>(allowed));
        denied = Map.copyOf(denied);
        actions = Map.copyOf(actions);
        modes = Map.copyOf(modes);
        freezes = List.copyOf(freezes);
        optOut = Collections.unmodifiableMap(new LinkedHashMap<>(optOut));
        rules = List.copyOf(rules);
        adviceHosts = Collections.unmodifiableMap(new LinkedHashMap<>(adviceHosts));
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

    /**
     * What the file alone says to these actions together, before anything is read of the cluster: whether namespace,
     * action and risk are allowed. The first denial wins, an allowance names the namespace's line. It is not enough to
     * write anything; {@link #evaluate(PolicyQuestion)} is.
     */
    public PolicyVerdict allows(List<Action> planned, Risk risk) {
        return verdict(new Allowlist(this).checks(planned, risk));
    }

    /** What it says to this question: the first denial, or the line that allows the namespace. */
    public PolicyVerdict evaluate(PolicyQuestion question) {
        return verdict(explain(question));
    }

    /** Everything that it has to say to this question, in the order in which it counts. */
    public List<PolicyVerdict> explain(PolicyQuestion question) {
        List<PolicyVerdict> verdicts = new Allowlist(this).checks(question.actions(), question.risk());
        verdicts.addAll(new Guards(this).checks(question));
        return verdicts;
    }

    /** What it says against this question, in the order in which it counts; empty if it allows it. */
    public List<PolicyVerdict> objections(PolicyQuestion question) {
        return explain(question).stream().filter(verdict -> !verdict.allowed()).toList();
    }

    /** Whether those who break the glass may lift this. */
    public boolean lifts(Lift what) {
        return breakGlass.map(rule -> rule.lifts().containsKey(what)).orElse(false);
    }

    /** The line that holds this namespace to proposals, if one does. */
    public Optional<String> heldToProposals(String namespace) {
        return Optional.ofNullable(modes.get(namespace))
                .filter(mode -> mode.value() == Mode.PROPOSE)
                .map(Limit::place);
    }

    /**
     * Why nothing could be approved in this namespace at any time before the deadline: freezes cover all of it. Empty if
     * there is at least a moment.
     */
    public Optional<PolicyVerdict> frozenThroughout(String namespace, Instant from, Instant deadline) {
        Instant at = from;
        Optional<PolicyVerdict> frozen = Optional.empty();
        while (at.isBefore(deadline)) {
            Instant now = at;
            Optional<Instant> end = freezes.stream()
                    .flatMap(freeze -> freeze.endOf(namespace, now).stream())
                    .max(Instant::compareTo);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            frozen = frozen.or(() -> Guards.frozen(this, namespace, now));
            at = end.get();
        }
        return frozen;
    }

    private static PolicyVerdict verdict(List<PolicyVerdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.allowed())
                .findFirst()
                .orElseGet(() -> verdicts.get(0));
    }
}
