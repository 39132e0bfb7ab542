package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Outcome;

/**
 * How an incident ends, and why, in words that a person who is woken at night needs: what happened and what was not
 * changed.
 */
record Ending(Outcome outcome, String reason) {}
