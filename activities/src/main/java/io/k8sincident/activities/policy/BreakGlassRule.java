package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Lift;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may go ahead against which parts of the policy. Immutable.
 *
 * @param people names as in the file of allowed signers, each with its place; at least one
 * @param lifts what they may lift, each with its place; at least one
 * @param place of the whole part
 */
public record BreakGlassRule(Map<String, String> people, Map<Lift, String> lifts, String place) {
    private static final int LONGEST_NAME = 100;

    /** Copies. */
    public BreakGlassRule {
        people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
        lifts = Collections.unmodifiableMap(new EnumMap<>(lifts));
    }

    /** Whether this person may break the glass; the name must be written as it is in the policy. */
    public boolean names(String person) {
        return people.containsKey(person);
    }

    /** Reads the part {@code breakGlass}, which only signatures make possible. */
    static BreakGlassRule read(YamlNode node, Limit<Boolean> requireProof) {
        Map<String, YamlNode> fields = node.fields(Set.of("people", "lifts"));
        if (!requireProof.value()) {
            throw node.error("needs signatures, and " + requireProof.place()
                    + " demands none; set decisions.requireProof to true, or remove the key");
        }
        Map<String, String> people = new LinkedHashMap<>();
        for (YamlNode person : node.required(fields, "people").elements()) {
            if (!person.text().matches("[\\x21-\\x7E]+( [\\x21-\\x7E]+)*")
                    || person.text().length() > LONGEST_NAME) {
                throw person.error("must be a name as in the allowed_signers file: visible ASCII characters, at most "
                        + LONGEST_NAME);
            }
            if (people.put(person.text(), person.place()) != null) {
                throw person.error("names '" + person.text() + "' again; remove one of the two");
            }
        }
        Map<Lift, String> lifts = new EnumMap<>(Lift.class);
        for (YamlNode lift : node.required(fields, "lifts").elements()) {
            if (lifts.put(lift.keyOf(Lift.values(), Lift::key), lift.place()) != null) {
                throw lift.error("names '" + lift.text() + "' again; remove one of the two");
            }
        }
        return new BreakGlassRule(people, lifts, node.place());
    }
}
