package io.k8sincident.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
    @ParameterizedTest
    @CsvSource({"PT45S, 45s", "PT119S, 119s", "PT4M, 4m", "PT3H12M, 3h12m", "PT9H30M, 9h", "PT72H, 3d", "PT-5S, 0s"})
    void writesDurationsAsKubectlDoes(Duration duration, String text) {
        assertThat(Age.of(duration)).isEqualTo(text);
    }

    @Test
    void saysThatADeadlineIsOver() {
        assertThat(Age.until(Instant.EPOCH, Instant.EPOCH)).isEqualTo("over");
    }
}
