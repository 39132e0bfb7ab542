/** What time it is for an activity. */
@NullMarked
package io.k8sincident.activities.time;

import org.jspecify.annotations.NullMarked;
