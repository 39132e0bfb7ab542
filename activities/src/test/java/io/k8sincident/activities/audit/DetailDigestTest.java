package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.chain.DetailDigest;
import io.k8sincident.activities.blob.Digest;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetailDigestTest {
    private static final long SEED = 20_261_128;

    @Test
    void isThatOfTheGeneralCanonicalForm() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            Map<String, String> detail = new TreeMap<>();
            for (int fields = random.nextInt(5); fields > 0; fields--) {
                detail.put(text(random), text(random));
            }
            assertThat(DetailDigest.of(detail)).as("%s", detail).isEqualTo(Digest.ofCanonical(detail));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            int point =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> random.nextInt(0xD800);
                        case 2 -> 0x10000 + random.nextInt(0x10000);
                        default -> "\"\\/\b\t\n\f\r\u007f\u2028<>&".charAt(random.nextInt(13));
                    };
            text.appendCodePoint(point);
        }
        return text.toString();
    }
}
