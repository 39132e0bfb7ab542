package io.k8sincident.workflows.model;

import java.util.List;

/** A finding that is true as well, but is an effect of the cause or lies on another level. */
public record Contribution(String cause, String summary, List<String> evidence) {
    public Contribution {
        evidence = List.copyOf(evidence);
    }
}
