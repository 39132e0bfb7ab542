/** Whole runs, measured against a baseline in the same run; {@code docs/benchmarks.md} says how to start them. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.benchmark;
