package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.cel.Expression;
import io.k8sincident.activities.policy.cel.ExpressionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the policy's own that denies. Immutable.
 *
 * @param name as it is told
 * @param when it denies where this holds, and where it has no answer
 * @param reason in words, if the policy gives one
 * @param place where it stands
 */
public record DenyRule(String name, Expression when, Optional<String> reason, String place) {
    /** Reads the part {@code deny} of a policy. */
    static List<DenyRule> read(@Nullable YamlNode list) {
        if (list == null) {
            return List.of();
        }
        List<DenyRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode element : list.elements()) {
            Map<String, YamlNode> fields = element.fields(Set.of("name", "when", "reason"));
            String name = element.required(fields, "name").label();
            if (!names.add(name)) {
                throw element.error("has the name '" + name + "' again; give it one of its own");
            }
            rules.add(new DenyRule(
                    name,
                    expression(element.required(fields, "when")),
                    Optional.ofNullable(fields.get("reason")).map(YamlNode::label),
                    element.place()));
        }
        return rules;
    }

    private static Expression expression(YamlNode node) {
        try {
            return Expression.compile(node.text());
        } catch (ExpressionException e) {
            throw node.errorAt(e.line(), "is no usable expression: " + e.getMessage());
        }
    }

    /** Why it denies; empty if it does not. */
    Optional<String> denial(Map<String, Object> plan, Map<String, Object> target) {
        try {
            return when.holds(plan, target)
                    ? Optional.of("rule '" + name + "' denies it"
                            + reason.map(why -> ": " + why).orElse(""))
                    : Optional.empty();
        } catch (ExpressionException e) {
            return Optional.of("rule '" + name + "' has no answer, so it denies: " + e.getMessage());
        }
    }
}
