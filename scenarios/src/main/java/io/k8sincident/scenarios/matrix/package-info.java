/** The table in which fault tests say what they tried and counted. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.scenarios.matrix;
