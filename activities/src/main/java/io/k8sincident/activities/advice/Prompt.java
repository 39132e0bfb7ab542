package io.k8sincident.activities.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A question to a model and what its answer may refer to.
 *
 * @param system what it is to do; ours alone
 * @param user the incident; every line that a stranger could have written carries a mark
 * @param format the JSON schema of the answer, with the ids that exist
 * @param exhibits what is shown, by id, in the order in which it is shown
 * @param runbooks the ids that may be ranked
 * @param estimate of its tokens
 */
record Prompt(
        String system,
        String user,
        ObjectNode format,
        Map<String, Exhibit> exhibits,
        List<String> runbooks,
        int estimate) {}
