/** Snapshots from recordings: folders with what a cluster said once, so that an incident can be triaged offline. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.recording;
