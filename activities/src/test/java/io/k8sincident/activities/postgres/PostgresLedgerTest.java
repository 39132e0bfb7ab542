package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.approval.DecisionLedgerContract;
import io.k8sincident.activities.approval.LedgerUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLedgerTest extends DecisionLedgerContract {
    @RegisterExtension
    final MigratedDatabase database = new MigratedDatabase();

    @Override
    protected DecisionLedger ledger() {
        return new PostgresLedger(database.get().worker());
    }

    @Override
    protected String place() {
        return database.get().workerAddress().url();
    }

    @Override
    protected void tell(ProcessBuilder process) {
        database.get().tell(process);
    }

    @Test
    void saysThatItCannotBeReached() {
        DecisionLedger nowhere = new PostgresLedger(
                Database.direct(DatabaseAddress.of("jdbc:postgresql://127.0.0.1:1/incident", "worker", "hidden")));

        assertThatThrownBy(() -> nowhere.take(List.of("a"), "alice"))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContainingAll("127.0.0.1:1", "Nothing is decided or changed without it")
                .hasMessageNotContaining("hidden");
    }
}
