package io.k8sincident.activities.audit.chain;

import java.util.ArrayList;
import java.util.List;

/** A whole {@link Merkle} tree in memory, to give paths from. Immutable. */
public final class MerkleTree {
    private final List<List<byte[]>> levels = new ArrayList<>();

    /** Over these line hashes; there is at least one. */
    public MerkleTree(List<String> hashes) {
        List<byte[]> level = hashes.stream().map(Merkle::leaf).toList();
        levels.add(level);
        while (level.size() > 1) {
            level = parents(level);
            levels.add(level);
        }
    }

    /** The hashes that lead from the line at {@code index} to the root, from the bottom up. */
    public List<String> path(int index) {
        List<String> path = new ArrayList<>();
        int at = index;
        for (List<byte[]> level : levels.subList(0, levels.size() - 1)) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(Merkle.text(level.get(sibling)));
            }
            at /= 2;
        }
        return path;
    }

    /** A node without a neighbour rises as it is. */
    private static List<byte[]> parents(List<byte[]> level) {
        List<byte[]> parents = new ArrayList<>();
        for (int i = 0; i < level.size(); i += 2) {
            parents.add(i + 1 < level.size() ? Merkle.node(level.get(i), level.get(i + 1)) : level.get(i));
        }
        return parents;
    }
}
