package io.k8sincident.activities.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of blobs promises, whatever lies behind it. */
public abstract class BlobStoreContract {
    protected static final byte[] CONTENT = "a snapshot".getBytes(StandardCharsets.UTF_8);

    /** One more store, as another process would open it, on what lies behind this test. */
    protected abstract BlobStore blobs();

    @Test
    void givesBackWhatWasStored() {
        String digest = blobs().put(CONTENT);

        assertThat(digest).isEqualTo(Digest.of(CONTENT));
        assertThat(blobs().get(digest)).contains(CONTENT);
    }

    @Test
    void givesBackEveryByteOfALargeOne() {
        byte[] large = new byte[3_000_000];
        new Random(20_261_128).nextBytes(large);

        assertThat(blobs().get(blobs().put(large))).contains(large);
    }

    @Test
    void storesTheSameAgainAndKeepsIt() {
        blobs().put(CONTENT);

        assertThat(blobs().get(blobs().put(CONTENT))).contains(CONTENT);
    }

    @Test
    void hasNothingUnderADigestThatWasNeverStored() {
        assertThat(blobs().get(Digest.of("never stored"))).isEmpty();
    }

    @Test
    void knowsNoBlobByAnythingButADigest() {
        assertThat(blobs().get("sha256:../../etc/passwd")).isEmpty();
        assertThat(blobs().get("")).isEmpty();
        assertThat(blobs().get("a\u0000' OR true --")).isEmpty();
    }
}
