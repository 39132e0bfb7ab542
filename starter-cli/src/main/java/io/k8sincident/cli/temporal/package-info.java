/** How incidents are reached in Temporal: connecting, finding, reading, signalling. Nothing here writes to a cluster. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.temporal;
