/** What may be done about a cause: one runbook for each family of causes. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.remediation.runbook;
