package io.k8sincident.activities.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {
    @TempDir
    Path root = Path.of(".");

    @Test
    void storesTheSameOnce() throws IOException {
        FileBlobStore store = new FileBlobStore(root);

        store.put(CONTENT);
        store.put(CONTENT);

        assertThat(files()).hasSize(1);
    }

    @Test
    void letsNobodyElseRead() throws IOException {
        FileBlobStore store = new FileBlobStore(root.resolve("blobs"));

        store.put(CONTENT);

        Path file = files().get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("blobs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void hasNoBlobThatWasChanged() throws IOException {
        FileBlobStore store = new FileBlobStore(root);
        String digest = store.put(CONTENT);

        Files.writeString(files().get(0), "another snapshot");

        assertThat(store.get(digest)).isEmpty();
    }

    @Test
    void replacesABlobThatWasChanged() throws IOException {
        FileBlobStore store = new FileBlobStore(root);
        store.put(CONTENT);
        Files.writeString(files().get(0), "another snapshot");

        assertThat(store.get(store.put(CONTENT))).contains(CONTENT);
    }

    @Test
    void saysWhyItCouldNotStore() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "no directory");

        assertThatThrownBy(() -> new FileBlobStore(file).put(CONTENT))
                .isInstanceOf(BlobException.class)
                .hasMessageContainingAll(file.toString(), "Nothing was stored", "Next:");
    }

    @Override
    protected BlobStore blobs() {
        return new FileBlobStore(root.resolve("blobs"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
