/** A real PostgreSQL server to practise and test with. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.scenarios.postgres;
