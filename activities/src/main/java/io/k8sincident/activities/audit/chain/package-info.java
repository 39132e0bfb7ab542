/** The hash chain: lines, their digests, and Merkle trees over them. Pure functions of bytes. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit.chain;
