package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What breaking the glass can lift, by the names that policies give it. Everything else holds whoever decides. */
public enum Lift {
    /** A freeze that holds now. */
    @JsonProperty("freeze")
    FREEZE("freeze"),
    /** A breaker that is tripped, or whose namespace cannot be read. */
    @JsonProperty("breaker")
    BREAKER("breaker"),
    /** How many must approve. */
    @JsonProperty("quorum")
    QUORUM("quorum"),
    /** That the one who asked for a plan may not approve it. */
    @JsonProperty("separateDuties")
    SEPARATE_DUTIES("separateDuties"),
    /** How many replicas there may be, and how many actions in flight or within an hour; not how much a pod may grow. */
    @JsonProperty("limits")
    LIMITS("limits");

    private final String key;

    Lift(String key) {
        this.key = key;
    }

    /** As in a policy: {@code separateDuties}. */
    public String key() {
        return key;
    }
}
