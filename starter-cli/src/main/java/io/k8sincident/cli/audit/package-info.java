/** Where a trail lies that a person names, and what is said of it. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.audit;
