package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Risk;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy demands of decisions. Immutable.
 *
 * @param requireProof whether a decision needs a signature
 * @param separateDuties whether the one who asked for a plan may not approve it
 * @param quorum how many distinct people must approve, for each risk; at least 1
 * @param users the user that a name is in the cluster, for those that the policy maps; no two names share one
 * @param allowedSigners OpenSSH's {@code allowed_signers} file, resolved against the policy's folder; it may not exist
 */
public record Decisions(
        Limit<Boolean> requireProof,
        Limit<Boolean> separateDuties,
        Map<Risk, Limit<Integer>> quorum,
        Map<String, Limit<String>> users,
        Optional<Limit<Path>> allowedSigners) {

    /** Copies. */
    public Decisions {
        quorum = Collections.unmodifiableMap(new EnumMap<>(quorum));
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        if (quorum.size() != Risk.values().length) {
            throw new IllegalArgumentException("a quorum is needed for each risk, not for " + quorum.keySet());
        }
    }

    /** How many distinct people must approve a plan of this risk, and the line that says so. */
    public Limit<Integer> quorumFor(Risk risk) {
        Limit<Integer> people = quorum.get(risk);
        if (people == null) {
            throw new IllegalStateException("no quorum for " + risk);
        }
        return people;
    }

    /** The cluster's user behind this name, if the policy maps it. */
    public Optional<Limit<String>> userOf(String name) {
        return Optional.ofNullable(users.get(name));
    }
}
