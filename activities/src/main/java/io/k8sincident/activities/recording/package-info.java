/**
 * Snapshots from recordings: folders with what a cluster said once, so that an incident can be triaged
 * offline and sent to others; and the writing of them.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.recording;
