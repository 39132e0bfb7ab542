package io.k8sincident.activities.audit;

import java.util.List;

/**
 * The append-only trail of everything that happened: proposals, decisions, rulings, refusals, intents, answers,
 * verifications, restorations. Thread-safe, and safe beside other processes on the same trail.
 */
public interface AuditTrail {
    /**
     * Appends; when it returns, the entry is durable.
     *
     * @throws AuditUnavailableException if it cannot be made durable; it may be in the trail nevertheless
     */
    ChainedEntry append(TrailEntry entry);

    /**
     * All entries of an incident with this event, oldest first.
     *
     * @throws AuditUnavailableException if the trail cannot be read
     */
    List<ChainedEntry> find(String incident, String event);
}
