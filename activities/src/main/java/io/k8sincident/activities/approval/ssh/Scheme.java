package io.k8sincident.activities.approval.ssh;

import java.security.PublicKey;
import java.util.Set;

/** How the keys of one type are written and how they sign. Immutable. */
interface Scheme {
    /** Reads what follows the type in a public key. */
    PublicKey publicKey(WireReader reader);

    /** Which algorithms a signature of such a key may name. */
    Set<String> signatureNames();

    /**
     * The algorithm of the JDK.
     *
     * @param name one of {@link #signatureNames}
     */
    String algorithm(String name);

    /** What the JDK takes for a signature, from what OpenSSH writes. */
    byte[] signature(byte[] written, PublicKey key);
}
