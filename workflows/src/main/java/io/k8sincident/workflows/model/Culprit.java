package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The object and, where it is that precise, the container, field and value at fault. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Culprit(
        String kind,
        String name,
        @Nullable String container,
        @Nullable String field,
        @Nullable String value) {}
