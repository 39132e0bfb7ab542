package io.k8sincident.scenarios.controllers;

/** Drives what is stored towards what is wanted. Called again and again by one thread; looks at everything each time. */
@FunctionalInterface
public interface Controller {
    /** One round. Conflicts and failures of single objects must not stop the others. */
    void reconcile();
}
