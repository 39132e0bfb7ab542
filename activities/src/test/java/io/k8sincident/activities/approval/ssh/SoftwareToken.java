package io.k8sincident.activities.approval.ssh;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Signs as a hardware key does (PROTOCOL.u2f), with a key that it holds itself, and with flags that a test chooses. */
final class SoftwareToken {
    static final int TOUCHED = 1;
    static final int VERIFIED = 4;

    private final boolean ecdsa;
    private final String application;
    private final KeyPair pair;

    SoftwareToken(boolean ecdsa, String application) {
        this.ecdsa = ecdsa;
        this.application = application;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ecdsa ? "EC" : "Ed25519");
            if (ecdsa) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String type() {
        return ecdsa ? "sk-ecdsa-sha2-nistp256@openssh.com" : "sk-ssh-ed25519@openssh.com";
    }

    String line() {
        return type() + " " + Base64.getEncoder().encodeToString(blob());
    }

    private byte[] blob() {
        WireWriter out = new WireWriter().string(type());
        if (pair.getPublic() instanceof ECPublicKey key) {
            out.string("nistp256")
                    .string(new WireWriter()
                            .octet(4)
                            .raw(fixed(key.getW().getAffineX()))
                            .raw(fixed(key.getW().getAffineY()))
                            .bytes());
        } else {
            byte[] encoded = pair.getPublic().getEncoded();
            out.string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        }
        return out.string(application).bytes();
    }

    String sign(byte[] message, int flags, long counter) {
        byte[] covered = new WireWriter()
                .raw("SSHSIG".getBytes(StandardCharsets.US_ASCII))
                .string(Keygen.NAMESPACE)
                .string("")
                .string("sha512")
                .string(SshPublicKey.digest("SHA-512", message))
                .bytes();
        byte[] signed = new WireWriter()
                .raw(SshPublicKey.sha256(application.getBytes(StandardCharsets.US_ASCII)))
                .octet(flags)
                .number(counter)
                .raw(SshPublicKey.sha256(covered))
                .bytes();
        byte[] blob = new WireWriter()
                .string(type())
                .string(raw(signed))
                .octet(flags)
                .number(counter)
                .bytes();
        return SshSignatureTest.armored(new WireWriter()
                .raw("SSHSIG".getBytes(StandardCharsets.US_ASCII))
                .number(1)
                .string(blob())
                .string(Keygen.NAMESPACE)
                .string("")
                .string("sha512")
                .string(blob)
                .bytes());
    }

    private byte[] raw(byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ecdsa ? "SHA256withECDSAinP1363Format" : "Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            byte[] made = signature.sign();
            return ecdsa
                    ? new WireWriter()
                            .string(new BigInteger(1, Arrays.copyOf(made, 32)).toByteArray())
                            .string(new BigInteger(1, Arrays.copyOfRange(made, 32, 64)).toByteArray())
                            .bytes()
                    : made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] fixed(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, digits.length);
        System.arraycopy(digits, digits.length - length, fixed, 32 - length, length);
        return fixed;
    }
}
