/** A model that is asked from the command line; nothing here is loaded before somebody wishes it. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.advice;
