package io.k8sincident.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"500m, 0.5", "64, 64", "96Mi, 100663296", "1e3, 1000", "2k, 2000", "1.5Gi, 1610612736", "0, 0"})
    void isTheValueInItsUnit(String text, double value) {
        assertThat(Quantity.of(text)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "m", "12x", "1,5", "--1", "NaN", "0x10", "1e999999999", "1e-99"})
    void whatIsNoQuantityHasNone(String text) {
        assertThat(Quantity.of(text)).isEmpty();
    }
}
