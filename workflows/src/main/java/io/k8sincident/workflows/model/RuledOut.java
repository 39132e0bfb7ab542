package io.k8sincident.workflows.model;

import java.util.List;

/** A neighbouring cause, and why it is not this one. */
public record RuledOut(String cause, String because, List<String> evidence) {
    public RuledOut {
        evidence = List.copyOf(evidence);
    }
}
