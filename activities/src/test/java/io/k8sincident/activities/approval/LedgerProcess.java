package io.k8sincident.activities.approval;

import io.k8sincident.activities.postgres.Database;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.PostgresLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that takes what it can get of the same ids as another, and prints what it got. */
final class LedgerProcess {
    private LedgerProcess() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        DecisionLedger ledger = args[0].startsWith("jdbc:")
                ? new PostgresLedger(Database.direct(
                        DatabaseAddress.of(args[0], System.getenv("TEST_USER"), System.getenv("TEST_PASSWORD"))))
                : new FileDecisionLedger(Path.of(args[0]));
        List<String> taken = new ArrayList<>();
        for (int id = 0; id < 300; id++) {
            if (ledger.take(List.of("id-" + id), args[1]).isEmpty()) {
                taken.add("id-" + id);
            }
        }
        System.out.println(String.join("\n", taken));
    }
}
