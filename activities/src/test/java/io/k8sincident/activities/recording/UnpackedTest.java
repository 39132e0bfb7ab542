package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that strangers sent. */
class UnpackedTest {
    @TempDir
    Path folder;

    @Test
    void unpacksFilesAndGoesWithoutTrace() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/objects.json", "{}").file("r/logs/p/app.log", "hello");
        }

        Path unpacked;
        try (Unpacked open = Unpacked.of(archive)) {
            unpacked = open.folder();
            assertThat(unpacked.resolve("r/logs/p/app.log")).hasContent("hello");
        }

        assertThat(unpacked).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "r/../../out", "/etc/out", "r/..", "r\\out", "..\\out"})
    void refusesAPathThatLeadsOut(String name) throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file(name, "x");
        }

        assertRefused(archive, name);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void refusesWhatIsNeitherFileNorFolder(byte type) throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/meta.json", "{}").special("r/objects.json", type, "/etc/passwd");
        }

        assertRefused(archive, "r/objects.json");
    }

    @Test
    void refusesAnEntryThatIsThereTwice() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/meta.json", "{}").file("r/meta.json", "{}");
        }

        assertRefused(archive, "r/meta.json");
    }

    @Test
    void stopsWhereLittleBecomesMuch() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/small", "x").file("r/objects.json", " ".repeat(2_000_000));
        }

        assertThat(Files.size(archive)).isLessThan(10_000);
        assertThatThrownBy(() -> Unpacked.of(archive, 1_000_000, 10))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("'r/objects.json'")
                .hasMessageContaining("more than 1000000 bytes")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void stopsAtTooManyEntries() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("1", "").file("2", "").file("3", "");
        }

        assertThatThrownBy(() -> Unpacked.of(archive, 1_000_000, 2)).hasMessageContaining("'3'");
    }

    @Test
    void saysWhenItIsNoTarArchive() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
            gzip.write("no tar at all".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Unpacked.of(archive))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("a.tar.gz")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void saysWhenItIsCutOff() throws IOException {
        Path archive = folder.resolve("a.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/objects.json", "{}");
        }
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(whole, whole.length - 20));

        assertThatThrownBy(() -> Unpacked.of(archive))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("cannot be unpacked");
    }

    private static void assertRefused(Path archive, String entry) {
        assertThatThrownBy(() -> Unpacked.of(archive))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("'" + entry + "'")
                .hasMessageContaining("nothing was changed");
    }
}
