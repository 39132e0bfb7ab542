package io.k8sincident.workflows.model;

/** What would decide where a diagnosis abstains or is partial, and the command that gets it. */
public record Missing(String what, String command) {}
