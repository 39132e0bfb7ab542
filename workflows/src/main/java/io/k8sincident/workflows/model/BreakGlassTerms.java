package io.k8sincident.workflows.model;

import java.util.List;

/**
 * What breaking the glass would mean for a plan, as the policy and the cluster were when it was planned: to help those who
 * decide.
 *
 * @param people who may, by name
 * @param lifts what may be lifted
 * @param standing what would have refused a normal approval then, and could be lifted
 */
public record BreakGlassTerms(List<String> people, List<Lift> lifts, List<String> standing) {
    public BreakGlassTerms {
        people = List.copyOf(people);
        lifts = List.copyOf(lifts);
        standing = List.copyOf(standing);
    }
}
