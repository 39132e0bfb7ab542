package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.FaultRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@FaultRow("freeze over a change to or from daylight saving time")
class FreezeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Friday 2026-11-27 to Monday 2026-11-30, local time one hour ahead of UTC.
                "weekly: {from: FRI 18:00, to: MON 06:00}            | 2026-11-27T16:59:59Z | ",
                "weekly: {from: FRI 18:00, to: MON 06:00}            | 2026-11-27T17:00:00Z | 2026-11-30T05:00:00Z",
                "weekly: {from: FRI 18:00, to: MON 06:00}            | 2026-11-30T04:59:59Z | 2026-11-30T05:00:00Z",
                "weekly: {from: FRI 18:00, to: MON 06:00}            | 2026-11-30T05:00:00Z | ",
                "weekly: {from: MON 08:00, to: MON 06:00}            | 2026-11-29T12:00:00Z | 2026-11-30T05:00:00Z",
                "weekly: {from: MON 08:00, to: MON 06:00}            | 2026-11-30T06:30:00Z | ",
                "weekly: {from: SUN 12:00, to: SUN 24:00}            | 2026-11-29T22:59:59Z | 2026-11-29T23:00:00Z",
                "weekly: {from: SUN 12:00, to: SUN 24:00}            | 2026-11-29T23:00:00Z | ",
                "days: [MON, FRI], from: '22:00', to: '06:00'        | 2026-11-28T04:59:59Z | 2026-11-28T05:00:00Z",
                "days: [MON, FRI], from: '22:00', to: '06:00'        | 2026-11-28T21:30:00Z | ",
                "days: [SAT, SUN], from: '00:00', to: '24:00'        | 2026-11-28T12:00:00Z | 2026-11-28T23:00:00Z",
                "from: 2026-12-24, to: 2026-12-26                    | 2026-12-23T22:59:59Z | ",
                "from: 2026-12-24, to: 2026-12-26                    | 2026-12-23T23:00:00Z | 2026-12-26T23:00:00Z",
                "from: 2026-12-24, to: 2026-12-26                    | 2026-12-26T22:59:59Z | 2026-12-26T23:00:00Z",
                "from: 2026-12-24, to: 2026-12-26                    | 2026-12-26T23:00:00Z | ",
                "from: '2026-12-24T12:00', to: '2026-12-24T12:01'    | 2026-12-24T11:00:59Z | 2026-12-24T11:01:00Z",
            })
    void holdsFromItsStartToItsEnd(String window, String at, String end) {
        assertThat(freeze("Europe/Berlin", window).endOf("demo", Instant.parse(at)))
                .isEqualTo(Optional.ofNullable(end).map(Instant::parse));
    }

    /** Berlin skips 2026-03-29 02:00 to 03:00 (01:00Z) and has 2026-10-25 02:00 to 03:00 twice (00:00Z to 02:00Z). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "days: [SUN], from: '02:30', to: '05:00' | 2026-03-29T00:59:59Z | ",
                "days: [SUN], from: '02:30', to: '05:00' | 2026-03-29T01:00:00Z | 2026-03-29T03:00:00Z",
                "days: [SUN], from: '01:00', to: '02:30' | 2026-03-29T01:29:59Z | 2026-03-29T01:30:00Z",
                "days: [SUN], from: '01:00', to: '02:30' | 2026-03-29T01:30:00Z | ",
                "days: [SUN], from: '02:30', to: '05:00' | 2026-10-25T00:29:59Z | ",
                "days: [SUN], from: '02:30', to: '05:00' | 2026-10-25T00:30:00Z | 2026-10-25T04:00:00Z",
                "days: [SUN], from: '01:00', to: '02:30' | 2026-10-25T01:29:59Z | 2026-10-25T01:30:00Z",
                "days: [SUN], from: '01:00', to: '02:30' | 2026-10-25T01:30:00Z | ",
                "weekly: {from: FRI 18:00, to: MON 06:00} | 2026-10-26T04:59:59Z | 2026-10-26T05:00:00Z",
                "weekly: {from: FRI 18:00, to: MON 06:00} | 2026-03-30T03:59:59Z | 2026-03-30T04:00:00Z",
            })
    void isTheLongerOneWhereDaylightSavingTimeLeavesADoubt(String window, String at, String end) {
        assertThat(freeze("Europe/Berlin", window).endOf("demo", Instant.parse(at)))
                .isEqualTo(Optional.ofNullable(end).map(Instant::parse));
    }

    /** Against a check that asks the local clock minute by minute and knows nothing of offsets. */
    @Test
    void agreesWithTheLocalClockEverywhere() {
        Random random = new Random(42);
        String[] zones = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"};
        for (int round = 0; round < 2_000; round++) {
            ZoneId zone = ZoneId.of(zones[random.nextInt(zones.length)]);
            int from = random.nextInt(7 * 24 * 60);
            int to = (from + 1 + random.nextInt(7 * 24 * 60 - 1)) % (7 * 24 * 60);
            FrozenWeekly weekly = FreezeMinutes.weekly(from, to);
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(365 * 24 * 60)));
            int now = FreezeMinutes.ofWeek(ZonedDateTime.ofInstant(at, zone));
            boolean expected = from < to ? now >= from && now < to : now >= from || now < to;

            boolean holds = weekly.endOf(at, zone).isPresent();

            // Within three hours of a transition the longer freeze is meant; elsewhere the clock decides.
            ZoneOffset earlier = zone.getRules().getOffset(at.minus(Duration.ofHours(3)));
            boolean transition = !earlier.equals(zone.getRules().getOffset(at.plus(Duration.ofHours(3))));
            assertThat(transition ? holds || !expected : holds == expected)
                    .as(weekly + " at " + at + " in " + zone)
                    .isTrue();
        }
    }

    @Test
    void holdsOnlyInTheNamespacesThatItNames() {
        Freeze freeze = freeze("UTC", "from: 2026-12-24, to: 2026-12-26, namespaces: [shop]");
        Instant at = Instant.parse("2026-12-25T00:00:00Z");

        assertThat(freeze.endOf("shop", at)).isPresent();
        assertThat(freeze.endOf("demo", at)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeZone: CEST, from: 2026-12-24, to: 2026-12-26       | timeZone is 'CEST', which is no IANA time zone",
                "timeZone: '+01:00', from: 2026-12-24, to: 2026-12-26   | timeZone is '+01:00'",
                "from: 2026-12-24, to: 2026-12-26                       | lacks the key 'timeZone'",
                "timeZone: UTC                                          | freeze[0] needs one of: weekly",
                "timeZone: UTC, from: 2026-12-24                        | freeze[0] lacks the key 'to'",
                "timeZone: UTC, from: 2026-12-26, to: 2026-12-24        | freeze[0].to is not after 2026-12-26T00:00",
                "timeZone: UTC, from: 2026-02-30, to: 2026-12-24        | freeze[0].from is '2026-02-30', which is neither",
                "timeZone: UTC, from: '2026-12-24T12:00Z', to: 2026-12-26 | freeze[0].from is '2026-12-24T12:00Z'",
                "timeZone: UTC, weekly: {from: FRI 18:00, to: FRI 18:00} | freeze[0].weekly.to ends when it begins",
                "timeZone: UTC, weekly: {from: MON 00:00, to: SUN 24:00} | freeze[0].weekly.to ends when it begins",
                "timeZone: UTC, weekly: {from: Friday 18:00, to: MON 06:00} | freeze[0].weekly.from must be a day and a",
                "timeZone: UTC, weekly: {from: FRI, to: MON 06:00}      | freeze[0].weekly.from must be a day and a time",
                "timeZone: UTC, weekly: {from: FRI 24:00, to: MON 06:00} | freeze[0].weekly.from has no time such as 06:00",
                "timeZone: UTC, weekly: {from: FRI 18:00, to: MON 6:00} | freeze[0].weekly.to has no time such as 06:00 or",
                "timeZone: UTC, weekly: {}                              | freeze[0].weekly is empty",
                "timeZone: UTC, days: [], from: '22:00', to: '06:00'    | freeze[0].days is an empty list",
                "timeZone: UTC, days: [MON, MON], from: '22:00', to: '06:00' | freeze[0].days[1] names a day again",
                "timeZone: UTC, days: [MON], weekly: {from: FRI 18:00, to: MON 06:00} | freeze[0] needs one of",
                "timeZone: UTC, from: 2026-12-24, to: 2026-12-26, namespaces: [] | freeze[0].namespaces is an empty list",
                "timeZone: UTC, from: 2026-12-24, to: 2026-12-26, namespaces: [shpo] | namespaces.allow does not name",
                "timeZone: UTC, from: 2026-12-24, to: 2026-12-26, until: x | unknown key 'until'",
            })
    void namesTheLineOfAMistake(String fields, String message) {
        assertThatThrownBy(() -> Policies.with("freeze: [{name: f, " + fields + "}]"))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("policy.yaml:8: ")
                .hasMessageContaining(message);
    }

    @Test
    void knowsWhetherThereIsAMomentBeforeTheDeadline() {
        Policy policy =
                Policies.with("freeze: [{name: a, timeZone: UTC, from: '2026-12-24T12:00', to: '2026-12-24T13:00'},"
                        + " {name: b, timeZone: UTC, from: '2026-12-24T13:00', to: '2026-12-24T14:00'}]");
        Instant noon = Instant.parse("2026-12-24T12:00:00Z");

        assertThat(policy.frozenThroughout("demo", noon, noon.plus(Duration.ofHours(2))))
                .isPresent();
        assertThat(policy.frozenThroughout("demo", noon, noon.plus(Duration.ofMinutes(121))))
                .isEmpty();
        assertThat(policy.frozenThroughout("demo", noon.minusSeconds(1), noon.plusSeconds(1)))
                .isEmpty();
    }

    private static Freeze freeze(String zone, String fields) {
        return Policies.with("freeze: [{name: f, timeZone: " + zone + ", " + fields + "}]")
                .freezes()
                .get(0);
    }
}
