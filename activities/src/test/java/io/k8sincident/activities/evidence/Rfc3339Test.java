package io.k8sincident.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-28T23:59:59Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T24:00:01Z",
                "2026-06-30T23:59:60Z",
                "2026-01-01T00:60:00Z",
                "0000-01-01T00:00:00Z",
                "2026-01-01T00:00:00.123456Z",
                "2026-01-01T00:00:00z",
                "2026-01-01t00:00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00+02:00",
                "+002026-01-01T00:00Z",
                "٢٠٢٦-01-01T00:00:00Z",
                "not a time"
            })
    void readsWhatTheGeneralParserReads(String text) {
        assertThat(own(text)).isEqualTo(general(text));
    }

    @Test
    void readsAllTimesAsTheGeneralParserDoes() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            String text = "%04d-%02d-%02dT%02d:%02d:%02dZ"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62));

            assertThat(own(text)).as(text).isEqualTo(general(text));
        }
    }

    private static Optional<Instant> own(String text) {
        try {
            return Optional.of(Rfc3339.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> general(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
