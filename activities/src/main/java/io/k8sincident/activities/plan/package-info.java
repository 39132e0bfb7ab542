/** What lies under a plan's digest: the image of an object, what an action makes of it, and the plan itself in the blob store. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.plan;
