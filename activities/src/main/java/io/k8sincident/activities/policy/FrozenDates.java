package io.k8sincident.activities.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** From one local time to another, the second exclusive. */
record FrozenDates(LocalDateTime from, LocalDateTime to) implements Frozen {
    @Override
    public Optional<Instant> endOf(Instant at, ZoneId zone) {
        Instant end = Frozen.latest(to, zone);
        return !at.isBefore(Frozen.earliest(from, zone)) && at.isBefore(end) ? Optional.of(end) : Optional.empty();
    }
}
