package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.chain.ChainEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where this process left the chain, so that the last line need not be read again while no other process has
 * appended. Thread-safe.
 */
final class KnownEnd {
    private record Known(Object file, long size, ChainEnd end) {}

    private volatile @Nullable Known known;

    Optional<ChainEnd> of(Object file, long size) {
        Known last = known;
        return last != null && last.file().equals(file) && last.size() == size
                ? Optional.of(last.end())
                : Optional.empty();
    }

    void remember(Object file, long size, ChainEnd end) {
        known = new Known(file, size, end);
    }

    void forget() {
        known = null;
    }
}
