/** What the process finds around it: streams, environment, the files of a stack that runs on this machine. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.host;
