/** The append-only trail and the record of each remediation. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit;
