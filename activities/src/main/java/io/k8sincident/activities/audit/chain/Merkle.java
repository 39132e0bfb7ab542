package io.k8sincident.activities.audit.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Merkle trees as in RFC 6962, section 2.1: SHA-256, leaves and nodes kept apart by a first byte. A leaf's data is the
 * 32 bytes of a line's hash. Hashes are given and taken as {@code sha256:…}.
 */
public final class Merkle {
    private static final String PREFIX = "sha256:";

    private Merkle() {}

    /** The root over these line hashes; there is at least one. */
    public static String root(List<String> hashes) {
        MerkleRoot root = new MerkleRoot();
        hashes.forEach(root::add);
        return root.value();
    }

    /** The root that a line's hash and its path lead to; empty text if the path has another length than it must have. */
    public static String rootOf(String hash, long index, long size, List<String> path) {
        byte[] node = leaf(hash);
        int used = 0;
        long at = index;
        for (long last = size - 1; last > 0; last /= 2, at /= 2) {
            boolean right = at % 2 == 1;
            if (!right && at == last) {
                continue;
            }
            if (used == path.size()) {
                return "";
            }
            byte[] sibling = raw(path.get(used++));
            node = right ? node(sibling, node) : node(node, sibling);
        }
        return used == path.size() ? text(node) : "";
    }

    static byte[] leaf(String hash) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return digest.digest(raw(hash));
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    static String text(byte[] hash) {
        return PREFIX + HexFormat.of().formatHex(hash);
    }

    private static byte[] raw(String hash) {
        return HexFormat.of().parseHex(hash.substring(PREFIX.length()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
