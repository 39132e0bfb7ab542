/** How the commands speak: data on standard output, talk on standard error, escaped, coloured only on a terminal. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.output;
