package io.k8sincident.activities.postgres;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database with tables for each test of a class. */
final class MigratedDatabase implements BeforeEachCallback, AfterEachCallback {
    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException, SQLException {
        database = TestDatabase.migrated();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // A test that was skipped has none.
        if (database != null) {
            database.close();
        }
    }

    TestDatabase get() {
        return database;
    }
}
