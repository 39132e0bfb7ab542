package io.k8sincident.activities.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final Instant HANDED_OUT = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final TestClock machine = new TestClock(HANDED_OUT.plus(Duration.ofHours(1)));
    private final ServerClock clock = new ServerClock(machine);

    @AfterEach
    void leave() {
        ServerClock.left();
    }

    @Test
    void isTheMachinesClockOutsideOfActivities() {
        assertThat(clock.instant()).isEqualTo(machine.instant());
    }

    @Test
    void isTheServersTimeInAnActivity() {
        ServerClock.entered(HANDED_OUT);

        assertThat(clock.instant()).isBetween(HANDED_OUT, HANDED_OUT.plus(SLACK));
    }

    @Test
    void goesOnWithTheMachineAfterItStoodStill() {
        ServerClock.entered(HANDED_OUT);
        Instant before = clock.instant();

        machine.advance(Duration.ofMinutes(30));

        assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofMinutes(30)));
    }

    @Test
    void neverGoesBackWithTheMachine() {
        ServerClock.entered(HANDED_OUT);
        Instant before = clock.instant();

        machine.advance(Duration.ofHours(-3));

        assertThat(clock.instant()).isAfterOrEqualTo(before);
    }

    @Test
    void knowsNothingOfTheActivityBefore() {
        ServerClock.entered(HANDED_OUT);
        var unused = clock.instant();
        ServerClock.left();
        ServerClock.entered(HANDED_OUT.plus(Duration.ofHours(2)));

        assertThat(clock.instant())
                .isBetween(
                        HANDED_OUT.plus(Duration.ofHours(2)),
                        HANDED_OUT.plus(SLACK).plus(Duration.ofHours(2)));
    }
}
