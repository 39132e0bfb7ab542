package io.k8sincident.activities.approval;

import java.util.List;
import java.util.Optional;

/**
 * Where ids are used up, outside of any workflow: a workflow that is reset forgets what it has seen, and another worker
 * never saw it. Thread-safe, and safe beside other processes on the same ledger.
 */
public interface DecisionLedger {
    /**
     * Takes all of these ids for one owner, or none of them. When it returns nothing, all are taken durably; taking them
     * again for the same owner changes nothing.
     *
     * @return an id that another owner has
     * @throws LedgerUnavailableException if it cannot be made durable; the ids may be taken nevertheless, by this owner
     */
    Optional<String> take(List<String> ids, String owner);
}
