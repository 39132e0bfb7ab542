package io.k8sincident.activities.approval.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that the real ssh-keygen makes. */
class SshSignatureTest {
    private static final String MESSAGE = "{\"verdict\":\"APPROVE\"}";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "ed25519, 0",
        "ecdsa, 256",
        "ecdsa, 384",
        "ecdsa, 521",
        "rsa, 2048",
        "rsa, 3072",
    })
    void knowsWhatAKeySignedFromWhatItDidNot(String type, int bits) {
        Keygen keygen = new Keygen(folder);
        SshPublicKey key = SshPublicKey.ofLine(keygen.key("alice", type, bits));

        SshSignature signature = SshSignature.parse(keygen.sign("alice", MESSAGE));

        assertThat(signature.key()).isEqualTo(key);
        assertThat(signature.namespace()).isEqualTo(Keygen.NAMESPACE);
        assertThat(signature.signs(bytes(MESSAGE))).isTrue();
        assertThat(signature.signs(bytes(MESSAGE + " "))).isFalse();
        assertThat(signature.signs(bytes(""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void takesBothHashes(String hash) {
        Keygen keygen = new Keygen(folder);
        keygen.key("alice");

        String armored = keygen.sign("alice", MESSAGE, Keygen.NAMESPACE, "-O", "hashalg=" + hash);

        assertThat(SshSignature.parse(armored).signs(bytes(MESSAGE))).isTrue();
    }

    @Test
    void tellsWhatItWasMadeFor() {
        Keygen keygen = new Keygen(folder);
        keygen.key("alice");

        SshSignature signature = SshSignature.parse(keygen.sign("alice", MESSAGE, "file"));

        assertThat(signature.namespace()).isEqualTo("file");
    }

    @Test
    void showsTheFingerprintThatSshKeygenShows() {
        Keygen keygen = new Keygen(folder);
        SshPublicKey key = SshPublicKey.ofLine(keygen.key("alice"));

        assertThat(key.fingerprint()).matches("SHA256:[A-Za-z0-9+/]{43}");
        assertThat(keygen.publicKey("alice")).startsWith(key.line() + " ");
    }

    @Test
    void takesNoSignatureOfAnotherNamespaceForThisOne() {
        Keygen keygen = new Keygen(folder);
        keygen.key("alice");
        byte[] inner = Armor.open(keygen.sign("alice", MESSAGE, "decision@k8sincident.xx"));
        String moved = new String(inner, StandardCharsets.ISO_8859_1).replace("incident.xx", "incident.io");

        SshSignature forged = SshSignature.parse(armored(moved.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(forged.namespace()).isEqualTo(Keygen.NAMESPACE);
        assertThat(forged.signs(bytes(MESSAGE))).isFalse();
    }

    @Test
    void takesNoShaOneSignatureOfAnRsaKey() {
        Keygen keygen = new Keygen(folder);
        keygen.key("alice", "rsa", 2048);
        byte[] inner = Armor.open(keygen.sign("alice", MESSAGE));
        String text = new String(inner, StandardCharsets.ISO_8859_1);
        int outer = text.lastIndexOf("rsa-sha2-512") - 8;
        byte[] downgraded = new WireWriter()
                .raw(text.substring(0, outer).getBytes(StandardCharsets.ISO_8859_1))
                .string(new WireWriter()
                        .string("ssh-rsa")
                        .raw(text.substring(outer + 20).getBytes(StandardCharsets.ISO_8859_1))
                        .bytes())
                .bytes();

        assertThatThrownBy(() -> SshSignature.parse(armored(downgraded)))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining("'ssh-rsa' is not accepted");
    }

    @Test
    void takesNoShortRsaKey() {
        Keygen keygen = new Keygen(folder);
        String line = keygen.key("alice", "rsa", 1024);

        assertThatThrownBy(() -> SshPublicKey.ofLine(line)).hasMessageContaining("2048 to 16384 bits, not 1024");
    }

    static String armored(byte[] inner) {
        String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(inner);
        return "-----BEGIN SSH SIGNATURE-----\n" + base64 + "\n-----END SSH SIGNATURE-----\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
