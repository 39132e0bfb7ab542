package io.k8sincident.cli.output;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Durations as kubectl writes them: {@code 45s}, {@code 4m}, {@code 3h12m}, {@code 5d}. */
public final class Age {
    private Age() {}

    /** How long ago; {@code 0s} for what lies ahead, {@code -} for what is not known. */
    public static String since(@Nullable Instant start, Instant now) {
        return start == null ? "-" : of(Duration.between(start, now));
    }

    /** How long until; {@code over} for what is past, {@code -} for what is not known. */
    public static String until(@Nullable Instant end, Instant now) {
        if (end == null) {
            return "-";
        }
        return end.isAfter(now) ? of(Duration.between(now, end)) : "over";
    }

    public static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return hours < 8 && minutes % 60 > 0 ? hours + "h" + minutes % 60 + "m" : hours + "h";
        }
        return hours / 24 + "d";
    }
}
