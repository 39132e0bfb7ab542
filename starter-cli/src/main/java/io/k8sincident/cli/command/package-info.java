/**
 * The commands, one a file: what each takes and the order of what it does. They name no class of Temporal, fabric8 or
 * Jackson in a field or a signature, so that {@code --help} loads none of them.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.command;
