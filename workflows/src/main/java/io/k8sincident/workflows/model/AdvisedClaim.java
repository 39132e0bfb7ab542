package io.k8sincident.workflows.model;

/**
 * One sentence of a model, with what it rests on. That the quote stands in the observation was checked; whether the
 * sentence follows from it was not.
 *
 * @param observation id of the observation, in the diagnosis or in {@link Advice#evidence()}
 * @param quote word for word from the redacted observation, but for white space
 */
public record AdvisedClaim(String text, String observation, String quote) {}
