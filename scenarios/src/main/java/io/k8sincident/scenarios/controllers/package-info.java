/** Controllers that drive the stored objects towards what their specs ask for. */
@NullMarked
package io.k8sincident.scenarios.controllers;

import org.jspecify.annotations.NullMarked;
