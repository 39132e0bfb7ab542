package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.chain.Merkle;
import io.k8sincident.activities.audit.chain.MerkleRoot;
import io.k8sincident.activities.audit.chain.MerkleTree;
import io.k8sincident.activities.blob.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTest {
    @Test
    void everyPathLeadsToTheRootAndNoOtherDoes() {
        for (int size = 1; size <= 70; size++) {
            List<String> hashes = IntStream.range(0, size)
                    .mapToObj(number -> Digest.of("line " + number))
                    .toList();
            String root = Merkle.root(hashes);
            assertThat(Merkle.root(hashes.subList(0, size))).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<String> path = new MerkleTree(hashes).path(index);
                assertThat(Merkle.rootOf(hashes.get(index), index, size, path)).isEqualTo(root);
                assertThat(Merkle.rootOf(Digest.of("another"), index, size, path))
                        .isNotEqualTo(root);
                if (size > 1) {
                    assertThat(Merkle.rootOf(hashes.get(index), (index + 1) % size, size, path))
                            .isNotEqualTo(root);
                    List<String> longer = new ArrayList<>(path);
                    longer.add(root);
                    assertThat(Merkle.rootOf(hashes.get(index), index, size, longer))
                            .isEmpty();
                }
            }
        }
    }

    /** The first tree of RFC 9162, section 2.1.5, has seven leaves; its shape is told there. */
    @Test
    void hasTheShapeOfTheRfc() {
        List<String> d = IntStream.range(0, 7)
                .mapToObj(number -> Digest.of("d" + number))
                .toList();

        assertThat(new MerkleTree(d).path(0)).hasSize(3);
        assertThat(new MerkleTree(d).path(3)).hasSize(3);
        assertThat(new MerkleTree(d).path(6)).hasSize(2);
        MerkleRoot left = new MerkleRoot();
        d.subList(0, 4).forEach(left::add);
        assertThat(new MerkleTree(d).path(6).get(1)).isEqualTo(left.value());
    }
}
