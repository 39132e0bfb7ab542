package io.k8sincident.activities.approval.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareKeyTest {
    private static final byte[] MESSAGE = SshSignatureTest.bytes("statement");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signsWithItsApplicationFlagsAndCounter(boolean ecdsa) {
        SoftwareToken token = new SoftwareToken(ecdsa, "ssh:");

        SshSignature signature = SshSignature.parse(token.sign(MESSAGE, SoftwareToken.TOUCHED, 41));

        assertThat(signature.key()).isEqualTo(SshPublicKey.ofLine(token.line()));
        assertThat(signature.signs(MESSAGE)).isTrue();
        assertThat(signature.signs(SshSignatureTest.bytes("another"))).isFalse();
        assertThat(signature.touched()).isTrue();
        assertThat(signature.userVerified()).isFalse();
    }

    /** OpenSSH judges the same signature as we do: the token of this test is made as a real one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signsAsOpenSshUnderstandsIt(boolean ecdsa) {
        Keygen keygen = new Keygen(folder);
        SoftwareToken token = new SoftwareToken(ecdsa, "ssh:work");
        String proof = token.sign(MESSAGE, SoftwareToken.TOUCHED | SoftwareToken.VERIFIED, 7);

        assertThat(keygen.verifies("bob " + token.line() + "\n", "bob", "statement", proof))
                .isTrue();
        assertThat(keygen.verifies("bob " + token.line() + "\n", "bob", "statements", proof))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhenNobodyTouchedIt(boolean ecdsa) {
        SshSignature signature = SshSignature.parse(new SoftwareToken(ecdsa, "ssh:").sign(MESSAGE, 0, 1));

        assertThat(signature.signs(MESSAGE)).isTrue();
        assertThat(signature.touched()).isFalse();
    }

    @Test
    void cannotBeToldThatItWasTouched() {
        byte[] inner = Armor.open(new SoftwareToken(false, "ssh:").sign(MESSAGE, 0, 1));
        inner[inner.length - 5] = SoftwareToken.TOUCHED;

        SshSignature forged = SshSignature.parse(SshSignatureTest.armored(inner));

        assertThat(forged.touched()).isTrue();
        assertThat(forged.signs(MESSAGE)).isFalse();
    }

    @Test
    void mustHaveBeenMadeForSsh() {
        String line = new SoftwareToken(false, "https://example.com").line();

        assertThatThrownBy(() -> SshPublicKey.ofLine(line)).hasMessageContaining("was not made for SSH");
    }
}
