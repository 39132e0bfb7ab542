/** What may be done about a cause. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.remediation;
