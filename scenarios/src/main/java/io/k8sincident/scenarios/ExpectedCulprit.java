package io.k8sincident.scenarios;

/**
 * What an operator would call at fault.
 *
 * @param kind of the object, {@code Deployment}
 * @param name of the object
 * @param container empty where none is at fault
 * @param field the beginning of a field's path, in the container where one is named, else in the pod's spec or in the
 *     object; empty where none is named
 */
public record ExpectedCulprit(String kind, String name, String container, String field) {}
