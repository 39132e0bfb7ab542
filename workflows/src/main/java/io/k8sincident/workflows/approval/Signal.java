package io.k8sincident.workflows.approval;

import io.k8sincident.workflows.model.SignalText;

/** One signal that waits to be taken up. */
public record Signal(Kind kind, SignalText text) {

    /** What the sender wants. */
    public enum Kind {
        DECIDE,
        REVISE
    }
}
