package io.k8sincident.activities.approval.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is put in: the defined refusal and nothing else, and nothing is taken for signed that is not. */
class SshFuzzTest {
    /** {@code -Dfuzz.rounds=100000} for a long run. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 20_000);

    private static final List<String> VECTORS = List.of("ed25519", "ecdsa256", "ecdsa384", "ecdsa521", "rsa2048");

    @Test
    void survivesMutatedSignatures() {
        Random random = new Random(20_261_124);
        byte[] message = SshSignatureTest.bytes(SignatureVectorsTest.text("statement.txt"));
        List<byte[]> originals = VECTORS.stream()
                .map(vector -> Armor.open(SignatureVectorsTest.text(vector + ".sig")))
                .toList();
        List<SshPublicKey> keys = VECTORS.stream()
                .map(vector -> SshPublicKey.ofLine(SignatureVectorsTest.text(vector + ".pub")))
                .toList();
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int vector = random.nextInt(VECTORS.size());
            byte[] original = originals.get(vector);
            byte[] mutated = mutated(original, random);
            try {
                SshSignature signature = SshSignature.parse(SshSignatureTest.armored(mutated));
                read++;
                boolean accepted = signature.key().equals(keys.get(vector))
                        && signature.namespace().equals(Keygen.NAMESPACE)
                        && signature.signs(message);
                assertThat(accepted && !Arrays.equals(mutated, original))
                        .as("round " + i)
                        .isFalse();
            } catch (SshFormatException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
        assertThat(read).as("how many were well-formed").isPositive();
    }

    @Test
    void survivesMutatedArmor() {
        Random random = new Random(7);
        byte[] message = SshSignatureTest.bytes("another statement");
        byte[] text = SshSignatureTest.bytes(SignatureVectorsTest.text("ed25519.sig"));
        for (int i = 0; i < ROUNDS; i++) {
            String mutated = new String(mutated(text, random), StandardCharsets.ISO_8859_1);
            try {
                assertThat(SshSignature.parse(mutated).signs(message)).isFalse();
            } catch (SshFormatException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void survivesMutatedFilesOfAllowedSigners() {
        Random random = new Random(11);
        SshPublicKey stranger = SshPublicKey.ofLine(SignatureVectorsTest.text("ecdsa384.pub"));
        String file = "# people\nalice namespaces=\"decision@*\",valid-after=\"20200101Z\" "
                + SignatureVectorsTest.text("ed25519.pub") + "\"bob b,bo*\" no-touch-required "
                + SignatureVectorsTest.text("ecdsa256.pub");
        for (int i = 0; i < ROUNDS; i++) {
            String mutated = new String(mutated(SshSignatureTest.bytes(file), random), StandardCharsets.ISO_8859_1);
            try {
                AllowedSigners signers = AllowedSigners.parse("signers", mutated);
                assertThat(signers.find("alice", stranger, Keygen.NAMESPACE, Instant.EPOCH)
                                .line())
                        .isEmpty();
            } catch (AllowedSignersException refused) {
                assertThat(refused.getMessage()).startsWith("signers:");
            }
        }
    }

    /** One to four changes: a bit, a byte, a piece taken out, doubled or moved, a length made absurd. */
    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 4; i--) {
            int at = random.nextInt(bytes.length - 3);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = spliced(bytes, at, at + random.nextInt(Math.min(40, bytes.length - at)), new byte[0]);
                case 3 -> bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + 3));
                case 4 -> Arrays.fill(bytes, at, at + 3, (byte) 0xFF);
                default -> bytes = Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        return new WireWriter()
                .raw(Arrays.copyOf(bytes, from))
                .raw(instead)
                .raw(Arrays.copyOfRange(bytes, to, bytes.length))
                .bytes();
    }
}
