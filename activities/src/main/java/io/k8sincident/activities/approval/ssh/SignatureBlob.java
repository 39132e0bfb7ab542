package io.k8sincident.activities.approval.ssh;

/** The innermost part of a signature: algorithm and numbers, and of a hardware key also its flags and its counter. */
final class SignatureBlob {
    static final int LONGEST = 4_096;
    private static final int USER_PRESENT = 1;
    private static final int USER_VERIFIED = 4;

    private final String algorithm;
    private final byte[] signature;
    private final int flags;
    private final long counter;

    private SignatureBlob(String algorithm, byte[] signature, int flags, long counter) {
        this.algorithm = algorithm;
        this.signature = signature;
        this.flags = flags;
        this.counter = counter;
    }

    static SignatureBlob parse(byte[] blob, SshPublicKey key) {
        WireReader reader = new WireReader(blob, "the signature");
        String algorithm = reader.name();
        Scheme scheme = key.type().scheme();
        if (!scheme.signatureNames().contains(algorithm)) {
            throw new SshFormatException("a signature by '" + algorithm + "' is not accepted from a key of type "
                    + key.type().sshName() + "; "
                    + String.join(
                            " and ", scheme.signatureNames().stream().sorted().toList())
                    + " is");
        }
        byte[] signature = scheme.signature(reader.string(LONGEST), key.key());
        boolean hardware = key.type().hardware();
        int flags = hardware ? reader.octet() : USER_PRESENT | USER_VERIFIED;
        long counter = hardware ? reader.number() : 0;
        reader.end();
        return new SignatureBlob(algorithm, signature, flags, counter);
    }

    /** OpenSSH's name for it. */
    String algorithm() {
        return algorithm;
    }

    /** As the JDK takes it. */
    byte[] signature() {
        return signature;
    }

    boolean userPresent() {
        return (flags & USER_PRESENT) != 0;
    }

    boolean userVerified() {
        return (flags & USER_VERIFIED) != 0;
    }

    /** What is really under the signature: a hardware key signs its application, flags and counter as well. */
    byte[] covered(byte[] signed, SshPublicKey key) {
        return key.type().hardware()
                ? new WireWriter()
                        .raw(key.applicationDigest())
                        .octet(flags)
                        .number(counter)
                        .raw(SshPublicKey.sha256(signed))
                        .bytes()
                : signed;
    }
}
