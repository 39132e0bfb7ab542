package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One request that came in over the wire, as the audit log has it.
 *
 * @param at when it was answered
 * @param method HTTP method
 * @param path path without the query
 * @param dryRun whether it asked for a dry run in its query
 * @param userAgent the client's name for itself
 * @param status HTTP status of the answer
 * @param body what was sent, null where it was no JSON
 */
public record RecordedRequest(
        Instant at, String method, String path, boolean dryRun, String userAgent, int status, JsonNode body) {
    /** Whether it changes objects: any method but GET, HEAD and reviews of permissions. */
    public boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD") && !path.contains("authorization.k8s.io");
    }

    /** Whether it changed something: a write that succeeded and was no dry run. */
    public boolean isApplied() {
        return isWrite() && !dryRun && status < 300;
    }
}
