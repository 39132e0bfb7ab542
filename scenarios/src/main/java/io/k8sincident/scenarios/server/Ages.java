package io.k8sincident.scenarios.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Times as kubectl shows them: how long ago, in one or two units. */
final class Ages {
    private Ages() {}

    static String since(String time) {
        try {
            return of(Duration.between(Instant.parse(time), Instant.now()));
        } catch (DateTimeException e) {
            return "<unknown>";
        }
    }

    private static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + "h" : hours / 24 + "d";
    }
}
