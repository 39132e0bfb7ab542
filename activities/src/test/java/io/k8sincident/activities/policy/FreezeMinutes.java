package io.k8sincident.activities.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** A week in minutes since Monday's midnight. */
final class FreezeMinutes {
    private static final int DAY = 24 * 60;

    private FreezeMinutes() {}

    static FrozenWeekly weekly(int from, int to) {
        return new FrozenWeekly(
                DayOfWeek.of(from / DAY + 1),
                LocalTime.ofSecondOfDay(from % DAY * 60L),
                DayOfWeek.of(to / DAY + 1),
                LocalTime.ofSecondOfDay(to % DAY * 60L),
                false);
    }

    static int ofWeek(ZonedDateTime at) {
        return (at.getDayOfWeek().getValue() - 1) * DAY + at.toLocalTime().toSecondOfDay() / 60;
    }
}
