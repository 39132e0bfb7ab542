package io.k8sincident.activities.planning;

import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import java.util.List;

/**
 * What is to be planned.
 *
 * @param runbook that offers it, or {@link #HUMAN_VALUE}
 * @param cause that it answers, or {@code unknown}
 */
record Choice(String runbook, String cause, Risk risk, List<Action> actions) {
    static final String HUMAN_VALUE = "human-value";

    Choice {
        actions = List.copyOf(actions);
    }
}
