package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a human sends to get a new plan with other values: the argument of the signal {@code revise}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revision(
        int version,
        @Nullable String revisionId,
        List<HumanValue> values,
        @Nullable String requester,
        @Nullable String reason) {
    public Revision {
        values = List.copyOf(values);
    }
}
