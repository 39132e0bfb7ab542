package io.k8sincident.cli.cluster;

/**
 * Something to practise on.
 *
 * @param summary what it breaks, in one line
 * @param family what it is listed under
 * @param simulated whether the practice cluster can play it
 * @param manifest what is applied first
 * @param broken what is applied once that was ready; empty if the first is broken itself
 */
public record Scenario(
        String name, String summary, String family, boolean simulated, Manifest manifest, Manifest broken) {}
