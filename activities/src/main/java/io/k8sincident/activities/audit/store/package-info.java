/** Where a trail lies: files, or whatever else implements the port {@code TrailStore}; and group commit before it. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit.store;
