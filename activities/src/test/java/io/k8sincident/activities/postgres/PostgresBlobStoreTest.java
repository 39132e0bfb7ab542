package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.blob.BlobException;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.BlobStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresBlobStoreTest extends BlobStoreContract {
    @RegisterExtension
    final MigratedDatabase database = new MigratedDatabase();

    @Override
    protected BlobStore blobs() {
        return new PostgresBlobStore(database.get().worker());
    }

    @Test
    void hasNoBlobThatWasChangedAndSaysSoWhenItIsStoredAgain() throws SQLException {
        String digest = blobs().put(CONTENT);
        TestDatabase.execute(
                database.get().superuser(),
                "ALTER TABLE incident.blob DISABLE TRIGGER append_only",
                "UPDATE incident.blob SET content = 'another'");

        assertThat(blobs().get(digest)).isEmpty();
        assertThatThrownBy(() -> blobs().put(CONTENT))
                .isInstanceOf(BlobException.class)
                .hasMessageContainingAll(digest, "was changed", "Nothing was stored", "Next:");
    }
}
