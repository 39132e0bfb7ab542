package io.k8sincident.activities.approval.ssh;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type of keys that may sign. Immutable.
 *
 * @param sshName OpenSSH's name
 * @param hardware whether it lies in a device that says with each signature whether somebody touched it
 */
record KeyType(String sshName, Scheme scheme, boolean hardware) {
    private static final List<KeyType> ALL = List.of(
            new KeyType("ssh-ed25519", new Ed25519Scheme("ssh-ed25519"), false),
            ecdsa("ecdsa-sha2-nistp256", NistCurve.P256, false),
            ecdsa("ecdsa-sha2-nistp384", NistCurve.P384, false),
            ecdsa("ecdsa-sha2-nistp521", NistCurve.P521, false),
            new KeyType("ssh-rsa", new RsaScheme(), false),
            new KeyType("sk-ssh-ed25519@openssh.com", new Ed25519Scheme("sk-ssh-ed25519@openssh.com"), true),
            ecdsa("sk-ecdsa-sha2-nistp256@openssh.com", NistCurve.P256, true));

    /** @throws SshFormatException for what is not accepted, such as DSA and certificates */
    static KeyType named(String name) {
        return ALL.stream()
                .filter(type -> type.sshName.equals(name))
                .findFirst()
                .orElseThrow(() -> new SshFormatException("a key of type '" + name + "' is not accepted; these are: "
                        + ALL.stream().map(KeyType::sshName).collect(Collectors.joining(", "))));
    }

    private static KeyType ecdsa(String name, NistCurve curve, boolean hardware) {
        return new KeyType(name, new EcdsaScheme(name, curve), hardware);
    }
}
