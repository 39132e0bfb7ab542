package io.k8sincident.activities.guard;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.policy.Breaker;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.activities.policy.ScopeHealth;
import io.k8sincident.activities.policy.ScopeHealth.Health;
import io.k8sincident.workflows.model.Lift;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The breaker of each namespace. That it tripped is an entry of the audit trail, so that all workers know it, also after
 * a restart. Thread-safe.
 */
public final class Breakers {
    private static final String TRIPPED = "breaker_tripped";
    /** A breaker that is seen tripped again within this time is not recorded again. */
    private static final Duration RECORDED_EVERY = Duration.ofSeconds(30);

    private final ScopeHealth health;
    private final AuditTrail trail;
    private final Clock clock;

    /** Looks at this health, and remembers in this trail. */
    public Breakers(ScopeHealth health, AuditTrail trail, Clock clock) {
        this.health = health;
        this.trail = trail;
        this.clock = clock;
    }

    /** Why nothing may be changed in this namespace now, if the policy has a breaker and it is or was just tripped. */
    public Optional<PolicyVerdict> tripped(Policy policy, String cluster, String namespace) {
        return policy.breaker().flatMap(breaker -> tripped(breaker, cluster, namespace));
    }

    private Optional<PolicyVerdict> tripped(Breaker breaker, String cluster, String namespace) {
        String scope = "breaker:" + cluster + ":" + namespace;
        Health now;
        try {
            now = health.of(namespace);
        } catch (RuntimeException e) {
            return denied(breaker, "how namespace " + namespace + " is cannot be read: " + e.getMessage());
        }
        Optional<Instant> last = last(scope);
        if (breaker.trips(now.unhealthy(), now.workloads())) {
            String counted = now.unhealthy() + " of " + now.workloads() + " workloads";
            if (last.isEmpty() || last.get().plus(RECORDED_EVERY).isBefore(clock.instant())) {
                trail.append(TrailEntry.of(scope, "", TRIPPED, Map.of("unhealthy", counted)));
            }
            return denied(
                    breaker,
                    "the breaker is tripped: " + counted + " of namespace " + namespace
                            + " lack ready pods; it is only diagnosed");
        }
        return last.map(at -> at.plus(breaker.cooldown()))
                .filter(until -> clock.instant().isBefore(until))
                .flatMap(until -> denied(
                        breaker,
                        "the breaker of namespace " + namespace + " was tripped, and cools down until " + until));
    }

    private Optional<Instant> last(String scope) {
        List<ChainedEntry> trips = trail.find(scope, TRIPPED);
        return trips.isEmpty()
                ? Optional.empty()
                : Optional.of(trips.get(trips.size() - 1).time());
    }

    private static Optional<PolicyVerdict> denied(Breaker breaker, String reason) {
        return Optional.of(PolicyVerdict.denyUnlessLifted(Lift.BREAKER, breaker.place(), reason));
    }
}
