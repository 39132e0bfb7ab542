package io.k8sincident.cli.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Risk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says when it is asked.
 *
 * @param allowed whether it allows all that was asked
 * @param at the time that counts
 * @param approvers how many distinct people must approve
 * @param approversLine by which line
 * @param actions what was asked
 * @param breakGlass who may lift what of it in an emergency; absent if nobody may
 * @param notAsked what else may deny, which only the cluster and the trail can tell
 */
public record PolicyAnswer(
        String policy,
        String digest,
        boolean allowed,
        Instant at,
        int approvers,
        String approversLine,
        List<Decided> actions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String breakGlass,
        List<String> notAsked) {
    /** Copies. */
    public PolicyAnswer {
        actions = List.copyOf(actions);
        notAsked = List.copyOf(notAsked);
    }

    /** What it says to one action: the verdict, and everything that has a say in it. */
    public record Decided(String action, PolicyVerdict verdict, List<PolicyVerdict> lines) {
        /** Copies. */
        public Decided {
            lines = List.copyOf(lines);
        }

        /**
         * The answer about one action.
         *
         * @param lines at least one; the first denial decides
         */
        public static Decided of(String action, List<PolicyVerdict> lines) {
            return new Decided(
                    action,
                    lines.stream().filter(line -> !line.allowed()).findFirst().orElseGet(() -> lines.get(0)),
                    lines);
        }
    }

    /** The answer to these. */
    public static PolicyAnswer of(Policy policy, Risk risk, Instant at, List<Decided> decided) {
        Policy.Limit<Integer> quorum = policy.decisions().quorumFor(risk);
        List<String> notAsked = new ArrayList<>();
        policy.breaker()
                .ifPresent(breaker -> notAsked.add(breaker.place() + ": the breaker, which looks at the namespace"));
        policy.limits()
                .inFlightPerNamespace()
                .ifPresent(limit -> notAsked.add(limit.place() + ": how many actions are in flight"));
        policy.limits()
                .actionsPerHour()
                .ifPresent(limit -> notAsked.add(limit.place() + ": how many actions there were within the hour"));
        return new PolicyAnswer(
                policy.file(),
                policy.digest(),
                decided.stream().allMatch(each -> each.verdict().allowed()),
                at,
                quorum.value(),
                quorum.place(),
                decided,
                breakGlass(policy).orElse(null),
                notAsked);
    }

    /** {@code policy.yaml:64: alice may lift freeze, by breaking the glass}. */
    public static Optional<String> breakGlass(Policy policy) {
        return policy.breakGlass()
                .map(rule -> rule.place() + ": "
                        + String.join(", ", rule.people().keySet()) + " may lift "
                        + String.join(
                                ", ",
                                rule.lifts().keySet().stream().map(Lift::key).toList())
                        + ", by breaking the glass");
    }

    /** For people; with every line that has a say if so asked. */
    public List<Text> lines(boolean each) {
        List<Text> lines = new ArrayList<>();
        for (Decided decided : actions) {
            if (each) {
                Table table = new Table("SAYS", "LINE", "WHY");
                decided.lines().forEach(line -> table.row(says(line), Text.of(line.place()), Text.of(line.reason())));
                lines.addAll(table.lines());
                lines.add(Text.of(""));
            }
            lines.add(Text.of(decided.action() + " ", Style.BOLD)
                    .and(decided.verdict().allowed() ? "may be approved by " : "is denied by ")
                    .and(decided.verdict().describe()));
        }
        if (allowed) {
            lines.add(Text.of(
                    "it needs " + approvers + (approvers == 1 ? " approver (" : " approvers (") + approversLine + ")"));
        }
        if (breakGlass != null) {
            lines.add(Text.of(breakGlass, Style.YELLOW));
        }
        notAsked.forEach(line -> lines.add(Text.of("not asked here: " + line, Style.DIM)));
        return lines;
    }

    private static Text says(PolicyVerdict line) {
        return line.allowed() ? Text.of("allow", Style.GREEN) : Text.of("deny", Style.RED);
    }
}
