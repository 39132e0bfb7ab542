/**
 * A very small shell: what a container does is worked out from its command, ahead of time, as a list of what happens
 * when. No process is started.
 */
@NullMarked
package io.k8sincident.scenarios.shell;

import org.jspecify.annotations.NullMarked;
