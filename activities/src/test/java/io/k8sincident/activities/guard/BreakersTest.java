package io.k8sincident.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.activities.policy.ScopeHealth;
import io.k8sincident.activities.policy.ScopeHealth.Health;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakersTest {
    private final TestClock clock = new TestClock(Remedy.START);
    private final MemoryTrail trail = new MemoryTrail(clock);
    private final Policy policy = Policy.parse(
            "policy.yaml", Remedy.policyFor("demo") + "breaker: {unhealthyPercent: 50, atLeast: 3, cooldown: 10m}\n");
    private Health health = new Health(10, 2);
    private final Breakers breakers = new Breakers(namespace -> health, trail, clock);

    @Test
    void staysOutOfTheWayWhileFewAreUnhealthy() {
        assertThat(tripped()).isEmpty();
        assertThat(trail.entries()).isEmpty();
    }

    @Test
    void tripsAndCoolsDownAlsoForOtherWorkers() {
        health = new Health(10, 6);
        assertThat(tripped().orElseThrow().describe())
                .isEqualTo(
                        "policy.yaml:10: the breaker is tripped: 6 of 10 workloads of namespace demo lack ready pods;"
                                + " it is only diagnosed");

        health = new Health(10, 0);
        clock.advance(Duration.ofMinutes(9));
        Breakers elsewhere = new Breakers(namespace -> health, trail, clock);
        assertThat(elsewhere.tripped(policy, "test", "demo").orElseThrow().reason())
                .contains("cools down until 2026-11-24T12:10:00Z");
        assertThat(elsewhere.tripped(policy, "test", "shop")).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        assertThat(elsewhere.tripped(policy, "test", "demo")).isEmpty();
    }

    @Test
    void coolsDownFromWhenItWasLastSeenTripped() {
        health = new Health(4, 4);
        for (int minute = 0; minute < 20; minute++) {
            assertThat(tripped()).isPresent();
            clock.advance(Duration.ofMinutes(1));
        }
        health = new Health(4, 0);
        clock.advance(Duration.ofMinutes(8));

        assertThat(tripped()).isPresent();
        assertThat(trail.events()).hasSize(20);
    }

    @Test
    void deniesWhatItCannotSee() {
        ScopeHealth blind = namespace -> {
            throw new IllegalStateException("deployments in demo could not be read: 403");
        };

        assertThat(new Breakers(blind, trail, clock)
                        .tripped(policy, "test", "demo")
                        .orElseThrow()
                        .reason())
                .contains("cannot be read", "403");
    }

    @Test
    void looksAtNothingWherePolicyHasNoBreaker() {
        ScopeHealth blind = namespace -> {
            throw new IllegalStateException("read");
        };

        assertThat(new Breakers(blind, trail, clock)
                        .tripped(Policy.parse("policy.yaml", Remedy.policyFor("demo")), "test", "demo"))
                .isEmpty();
    }

    private Optional<PolicyVerdict> tripped() {
        return breakers.tripped(policy, "test", "demo");
    }
}
