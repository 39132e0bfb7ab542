package io.k8sincident.workflows.model;

import java.util.List;

/** One sentence of a diagnosis and the ids of the observations that prove it. */
public record Claim(String text, List<String> evidence) {
    public Claim {
        evidence = List.copyOf(evidence);
    }
}
