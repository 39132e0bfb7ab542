package io.k8sincident.workflows.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * That somebody went ahead against what the policy says to everybody else, and against what.
 *
 * @param why in the words of the one who did it
 * @param by the names of those who did it together, as far as they have approved yet
 * @param lifted what would have refused a normal approval, each with its line; at least one
 */
public record BreakGlass(String why, List<String> by, List<Lifted> lifted) {
    /** In capitals wherever people see it. */
    public static final String MARK = "BREAK-GLASS";

    /**
     * One thing that would have refused a normal approval.
     *
     * @param place the line of the policy, such as {@code policy.yaml:7}
     * @param reason in words
     */
    public record Lifted(Lift what, String place, String reason) {
        /** {@code freeze, policy.yaml:7: freeze 'holidays' holds until …}. */
        public String describe() {
            return what.key() + ", " + place + ": " + reason;
        }
    }

    public BreakGlass {
        by = List.copyOf(by);
        lifted = List.copyOf(lifted);
        if (lifted.isEmpty()) {
            throw new IllegalArgumentException("glass is only broken where something stands in the way");
        }
    }

    /** {@code ann, ben}. */
    public String people() {
        return String.join(", ", by);
    }

    /** What was lifted, in one line. */
    public String describe() {
        return lifted.stream().map(Lifted::describe).collect(Collectors.joining("; "));
    }
}
