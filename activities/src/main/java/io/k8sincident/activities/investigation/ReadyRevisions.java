package io.k8sincident.activities.investigation;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which revisions earlier snapshots of an incident's workload saw ready: noted in the trail with each snapshot, because
 * the cluster itself forgets it with the pods.
 */
final class ReadyRevisions {
    static final String EVENT = "evidence_collected";
    static final String DETAIL = "readyRevisions";
    private static final String SEPARATOR = ",";

    private ReadyRevisions() {}

    /** The uids of the ReplicaSets with a ready pod. */
    static String in(Snapshot snapshot) {
        return snapshot.all("ReplicaSet")
                .filter(set -> set.fields().number("status", "readyReplicas").orElse(0) > 0)
                .map(Resource::uid)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** What earlier snapshots of this incident's workload saw ready, and when last. */
    static Map<String, Instant> seen(AuditTrail trail, String incident) {
        Map<String, Instant> seen = new HashMap<>();
        for (ChainedEntry earlier : trail.find(incident, EVENT)) {
            for (String uid : earlier.detail(DETAIL).split(SEPARATOR, -1)) {
                if (!uid.isEmpty()) {
                    seen.put(uid, earlier.time());
                }
            }
        }
        return seen;
    }
}
