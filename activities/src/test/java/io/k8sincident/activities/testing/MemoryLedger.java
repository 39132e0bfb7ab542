package io.k8sincident.activities.testing;

import io.k8sincident.activities.approval.DecisionLedger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory; a test may share it between workers. */
public final class MemoryLedger implements DecisionLedger {
    private final Map<String, String> owners = new HashMap<>();

    @Override
    public synchronized Optional<String> take(List<String> ids, String owner) {
        Optional<String> taken = ids.stream()
                .filter(id -> !owners.getOrDefault(id, owner).equals(owner))
                .findFirst();
        if (taken.isEmpty()) {
            ids.forEach(id -> owners.put(id, owner));
        }
        return taken;
    }
}
