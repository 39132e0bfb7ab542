package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import java.util.List;

/** One sentence and the facts that prove it. */
public record Statement(String text, List<Fact> facts) {
    public Statement {
        facts = List.copyOf(facts);
    }
}
