/** How incidents look as text: records in, lines out, without streams, clocks or servers. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.view;
