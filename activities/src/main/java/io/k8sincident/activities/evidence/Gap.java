package io.k8sincident.activities.evidence;

/**
 * Something that could not be read, so that its absence from a snapshot proves nothing.
 *
 * @param kind the kind of object, such as {@code Event}, or {@code Log}
 * @param what in words, such as {@code events in demo}
 * @param why what the API answered, such as {@code 403 Forbidden}
 * @param command that reads it, for a human with the right to
 */
public record Gap(String kind, String what, String why, String command) {}
