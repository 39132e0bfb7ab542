package io.k8sincident.cli.cluster;

/**
 * Something to practise on.
 *
 * @param summary what it breaks, in one line
 * @param manifest what is applied first
 * @param broken what is applied once that was ready; empty if the first is broken itself
 */
public record Scenario(String name, String summary, Manifest manifest, Manifest broken) {}
