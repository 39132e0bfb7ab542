/**
 * What was read of a cluster: the snapshot that every rule sees, and the sources that take one. A snapshot is bounded and
 * redacted while it is built; nothing unredacted leaves this package.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.evidence;
