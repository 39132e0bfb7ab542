package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the files hold, a check ends with a verdict, and never a good one where a sealed byte was changed. */
class TrailFuzzTest {
    private static final long SEED = 20_261_128;

    @TempDir
    Path directory = Path.of("");

    @Test
    void noChangedByteOfTheTrailGoesUnnoticed() throws IOException {
        TrailFixture trail = new TrailFixture(directory).append(30, 10);
        byte[] good = Files.readAllBytes(trail.files.current());
        Random random = new Random(SEED);
        for (int i = 0; i < 1_500; i++) {
            byte[] bad = mutated(good, random);
            Files.write(trail.files.current(), bad);

            Verdict verdict = trail.verify();

            assertThat(verdict.good()).as("mutation %s of seed %s", i, SEED).isEqualTo(Arrays.equals(bad, good));
        }
    }

    @Test
    void noCheckpointThatWasChangedIsBelieved() throws IOException {
        TrailFixture trail = new TrailFixture(directory).append(30, 10);
        byte[] good = Files.readAllBytes(trail.files.checkpoints());
        Random random = new Random(SEED);
        for (int i = 0; i < 1_500; i++) {
            byte[] bad = mutated(good, random);
            Files.write(trail.files.checkpoints(), bad);

            Verdict verdict = trail.verify();

            // A checkpoint that is gone, or of an unknown key, seals nothing; the records themselves are as they were.
            assertThat(verdict.good() && verdict.checkpoints() > 4)
                    .as("mutation %s", i)
                    .isFalse();
        }
    }

    @Test
    void randomBytesAreNoTrail() throws IOException {
        TrailFixture trail = new TrailFixture(directory).append(3, 10);
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(noise);
            Files.write(trail.files.current(), noise);

            assertThat(trail.verify().good()).isFalse();
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bad = good.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                int at = random.nextInt(bad.length);
                bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));
            }
            case 1 -> bad = Arrays.copyOf(good, random.nextInt(good.length));
            default -> {
                int from = random.nextInt(bad.length);
                int to = Math.min(bad.length, from + 1 + random.nextInt(700));
                byte[] cut = new byte[bad.length - (to - from)];
                System.arraycopy(good, 0, cut, 0, from);
                System.arraycopy(good, to, cut, from, good.length - to);
                bad = cut;
            }
        }
        return bad;
    }
}
