package io.k8sincident.activities.audit.chain;

import java.util.ArrayDeque;
import java.util.Deque;

/** The root of a growing {@link Merkle} tree; keeps one hash a level. Not thread-safe. */
public final class MerkleRoot {
    /** The roots of the whole trees that the leaves so far make: one for each bit that is set in their number. */
    private final Deque<byte[]> trees = new ArrayDeque<>();

    private long size;

    /** Adds a line by its hash. */
    public void add(String hash) {
        byte[] tree = Merkle.leaf(hash);
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            tree = Merkle.node(trees.pop(), tree);
        }
        trees.push(tree);
        size++;
    }

    /** How many lines it stands for. */
    public long size() {
        return size;
    }

    /** The root. There is at least one line. */
    public String value() {
        return Merkle.text(
                trees.stream().reduce((right, left) -> Merkle.node(left, right)).orElseThrow());
    }
}
