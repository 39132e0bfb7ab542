package io.k8sincident.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.postgres.Database;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.PostgresBlobStore;
import io.k8sincident.activities.postgres.PostgresLedger;
import io.k8sincident.activities.postgres.PostgresTrailStore;
import io.k8sincident.activities.postgres.Readiness;

/** Tables of one database, behind a small pool. */
final class PostgresStores implements Stores {
    /** One writes to the trail at a time; the others look up. */
    private static final int CONNECTIONS = 6;

    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final HikariDataSource pool;
    private final Database database;

    private PostgresStores(HikariDataSource pool, Database database) {
        this.pool = pool;
        this.database = database;
    }

    /**
     * Opens them.
     *
     * @throws AuditUnavailableException if the server does not answer, tables are missing, or the role is one that could
     *     change what is recorded
     */
    static PostgresStores open(DatabaseAddress address) {
        // Without the pool, which would try for a while and tell less.
        new Readiness(Database.direct(address)).obstacle().ifPresent(obstacle -> {
            throw new AuditUnavailableException(
                    "the audit database cannot be used: " + obstacle
                            + " · the worker was not started, nothing was changed",
                    null);
        });
        HikariConfig config = new HikariConfig();
        config.setPoolName("audit");
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(address.properties());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        return new PostgresStores(pool, new Database(address.name(), pool::getConnection));
    }

    @Override
    public TrailStore trail() {
        return new PostgresTrailStore(database);
    }

    @Override
    public DecisionLedger ledger() {
        return new PostgresLedger(database);
    }

    @Override
    public BlobStore blobs() {
        return new PostgresBlobStore(database);
    }

    @Override
    public void close() {
        pool.close();
    }
}
