/** The stores that workers on several machines share: trail, ledger and blobs in one PostgreSQL database. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.postgres;
