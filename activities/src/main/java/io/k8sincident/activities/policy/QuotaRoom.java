package io.k8sincident.activities.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Says what the quotas of a namespace leave. Thread-safe. */
@FunctionalInterface
public interface QuotaRoom {
    /**
     * The quotas that count pods of workloads.
     *
     * @throws RuntimeException if they cannot be read; then nothing may ask for more
     */
    List<Quota> of(String namespace);

    /**
     * One ResourceQuota.
     *
     * @param left by resource, as the quota calls it ({@code requests.cpu}, {@code pods}), in cores, bytes or pieces;
     *     negative where more is used than allowed
     */
    record Quota(String name, Map<String, BigDecimal> left) {
        /** Copies. */
        public Quota {
            left = Map.copyOf(left);
        }
    }
}
