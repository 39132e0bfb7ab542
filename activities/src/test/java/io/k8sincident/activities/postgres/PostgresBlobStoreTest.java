package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.blob.BlobException;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.BlobStoreContract;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresBlobStoreTest extends BlobStoreContract {
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
    protected BlobStore blobs() {
        return new PostgresBlobStore(database.worker());
    }

    @Test
    void hasNoBlobThatWasChangedAndSaysSoWhenItIsStoredAgain() throws SQLException {
        String digest = blobs().put(CONTENT);
        TestDatabase.execute(
                database.superuser(),
                "ALTER TABLE incident.blob DISABLE TRIGGER append_only",
                "UPDATE incident.blob SET content = 'another'");

        assertThat(blobs().get(digest)).isEmpty();
        assertThatThrownBy(() -> blobs().put(CONTENT))
                .isInstanceOf(BlobException.class)
                .hasMessageContainingAll(digest, "was changed", "Nothing was stored", "Next:");
    }
}
