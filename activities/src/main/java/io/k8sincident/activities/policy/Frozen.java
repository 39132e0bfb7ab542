package io.k8sincident.activities.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** When a freeze holds. Immutable. */
public sealed interface Frozen permits FrozenDates, FrozenWeekly {
    /** The end of the freeze that holds at this moment, exclusive; empty if none holds. */
    Optional<Instant> endOf(Instant at, ZoneId zone);

    /**
     * When a local time begins. Of a time that the clock shows twice, the first counts, and of one that it skips, the
     * moment of the skip: where daylight saving time leaves a doubt, the freeze is the longer one.
     */
    static Instant earliest(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** When a local time is over: of one shown twice, the second; one that is skipped is as late as without the skip. */
    static Instant latest(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        return local.toInstant(transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }
}
