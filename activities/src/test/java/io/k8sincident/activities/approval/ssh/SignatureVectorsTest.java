package io.k8sincident.activities.approval.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures made by OpenSSH 9.2 once, kept in the folder {@code signatures}: they need no ssh-keygen. */
class SignatureVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ed25519-sha256", "ecdsa256", "ecdsa384", "ecdsa521", "rsa2048", "rsa3072"})
    void verifies(String vector) {
        SshSignature signature = SshSignature.parse(text(vector + ".sig"));

        assertThat(signature.key()).isEqualTo(SshPublicKey.ofLine(text(vector + ".pub")));
        assertThat(signature.signs(SshSignatureTest.bytes(text("statement.txt"))))
                .isTrue();
        assertThat(signature.signs(SshSignatureTest.bytes("another statement"))).isFalse();
    }

    /** Each bit of each signature counts, whatever part of it it is in. */
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa256", "rsa2048"})
    void refusesEachChangeOfOneBit(String vector) {
        byte[] inner = Armor.open(text(vector + ".sig"));
        byte[] message = SshSignatureTest.bytes(text("statement.txt"));
        SshPublicKey key = SshPublicKey.ofLine(text(vector + ".pub"));
        for (int bit = 0; bit < inner.length * 8; bit++) {
            byte[] changed = inner.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(accepted(changed, message, key))
                    .as(vector + ", bit " + bit)
                    .isFalse();
        }
    }

    @Test
    void refusesWhatIsCutShortOrGoesOn() {
        byte[] inner = Armor.open(text("ed25519.sig"));
        for (int length = 0; length < inner.length; length++) {
            byte[] cut = Arrays.copyOf(inner, length);
            assertThatThrownBy(() -> SshSignature.parse(SshSignatureTest.armored(cut)))
                    .isInstanceOf(SshFormatException.class);
        }
        byte[] longer = Arrays.copyOf(inner, inner.length + 1);
        assertThatThrownBy(() -> SshSignature.parse(SshSignatureTest.armored(longer)))
                .hasMessageContaining("1 bytes too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH*\n-----END SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHA\n-----END SSH SIGNATURE-----",
                "-----BEGIN PGP SIGNATURE-----\nU1NIU0lH\n-----END PGP SIGNATURE-----",
                "x-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----",
            })
    void refusesOtherArmor(String armored) {
        assertThatThrownBy(() -> SshSignature.parse(armored)).isInstanceOf(SshFormatException.class);
    }

    @Test
    void refusesTheSameBytesInAnotherWriting() {
        String good = text("ed25519.sig");
        assertThatThrownBy(() -> SshSignature.parse(good + "\n")).isInstanceOf(SshFormatException.class);
        assertThatThrownBy(() -> SshSignature.parse(good.replace("\n", "\r\n"))).isInstanceOf(SshFormatException.class);
        assertThatThrownBy(() -> SshSignature.parse(" " + good)).isInstanceOf(SshFormatException.class);
    }

    @Test
    void readsNothingThatIsTooLong() {
        assertThatThrownBy(() -> SshSignature.parse("A".repeat(1_000_000))).hasMessageContaining("at most 12000");
    }

    static boolean accepted(byte[] inner, byte[] message, SshPublicKey expected) {
        try {
            SshSignature signature = SshSignature.parse(SshSignatureTest.armored(inner));
            return signature.key().equals(expected)
                    && signature.namespace().equals(Keygen.NAMESPACE)
                    && signature.signs(message);
        } catch (SshFormatException e) {
            return false;
        }
    }

    static String text(String name) {
        try (InputStream in = SignatureVectorsTest.class.getResourceAsStream("/signatures/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
