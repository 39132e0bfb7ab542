package io.k8sincident.workflows.model;

/**
 * An action with what a human must see of it.
 *
 * @param preImageDigest {@code sha256:} of the object's spec, labels and annotations that matter, before
 * @param postImageDigest the same, as the dry run answered it
 * @param diff unified diff of the server-side dry run, redacted
 * @param diffFrom {@code server-side dry run}, or why it was computed without the server
 * @param undo the command that undoes it by hand; where nothing does, the one to look with, and why
 */
public record PlannedAction(
        Action action, String preImageDigest, String postImageDigest, String diff, String diffFrom, String undo) {}
