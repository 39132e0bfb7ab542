package io.k8sincident.workflows.model;

/**
 * What a model takes for the cause where the rules abstain. Nothing may be done about it before it is proven.
 *
 * @param cause an id that a rule can name
 * @param claim why, with its quote
 * @param check what would prove or disprove it, and the command for that, which only reads; ours, never the model's
 */
public record Hypothesis(String cause, AdvisedClaim claim, Missing check) {}
