package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.approval.DecisionLedgerContract;
import io.k8sincident.activities.approval.LedgerUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresLedgerTest extends DecisionLedgerContract {
    private TestDatabase database;

    @BeforeEach
    void make() throws IOException, SQLException {
        database = TestDatabase.migrated();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected DecisionLedger ledger() {
        return new PostgresLedger(database.worker());
    }

    @Override
    protected String place() {
        return database.workerAddress().url();
    }

    @Override
    protected void tell(ProcessBuilder process) {
        database.tell(process);
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
