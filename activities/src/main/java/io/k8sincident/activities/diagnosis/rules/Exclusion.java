package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import java.util.List;

/** A neighbouring cause, why it is not this one, and the facts that say so. */
public record Exclusion(String cause, String because, List<Fact> facts) {
    public Exclusion {
        facts = List.copyOf(facts);
    }
}
