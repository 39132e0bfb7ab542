package io.k8sincident.activities.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * Each week from a day and a time to the next such day and time, exclusive. A week that does not fit between the two is
 * not possible: if both are the same day, it ends on that day, or a week later.
 *
 * @param midnightAfter whether {@code to} is the midnight at the end of {@code toDay}, written 24:00
 */
record FrozenWeekly(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to, boolean midnightAfter)
        implements Frozen {
    private static final int LONGEST_DAYS = 8;

    @Override
    public Optional<Instant> endOf(Instant at, ZoneId zone) {
        LocalDate today = at.atZone(zone).toLocalDate();
        Optional<Instant> latest = Optional.empty();
        for (LocalDate day = today.minusDays(LONGEST_DAYS); !day.isAfter(today.plusDays(1)); day = day.plusDays(1)) {
            if (day.getDayOfWeek() == fromDay) {
                Instant end = Frozen.latest(end(day), zone);
                boolean holds = !at.isBefore(Frozen.earliest(day.atTime(from), zone)) && at.isBefore(end);
                latest = holds ? Optional.of(end) : latest;
            }
        }
        return latest;
    }

    private LocalDateTime end(LocalDate start) {
        LocalDate day = start.with(TemporalAdjusters.nextOrSame(toDay));
        LocalDateTime end = midnightAfter ? day.plusDays(1).atStartOfDay() : day.atTime(to);
        return end.isAfter(start.atTime(from)) ? end : end.plusWeeks(1);
    }
}
