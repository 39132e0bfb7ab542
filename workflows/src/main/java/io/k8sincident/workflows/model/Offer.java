package io.k8sincident.workflows.model;

import java.util.List;

/**
 * What a runbook may do about a cause.
 *
 * @param runbook its id
 * @param risk of its actions together
 * @param actions in order; empty where a value is needed first
 * @param needsValue what a human must give before it can be planned, as {@code container.field}
 */
public record Offer(String runbook, Risk risk, List<Action> actions, List<String> needsValue) {
    public Offer {
        actions = List.copyOf(actions);
        needsValue = List.copyOf(needsValue);
    }
}
