package io.k8sincident.activities.evidence;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Resource quantities of the Kubernetes API: {@code 500m}, {@code 64}, {@code 96Mi}, {@code 1e3}. */
public final class Quantity {
    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));
    /** Longer ones, and larger exponents, are nobody's quantities, and their sums would fill the memory. */
    private static final int LONGEST = 40;

    private Quantity() {}

    /** Its value in the resource's unit (cores, bytes); empty if the text is no quantity. */
    public static Optional<BigDecimal> exact(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        @Nullable BigDecimal factor = FACTORS.get(text.substring(end));
        if (factor == null || end == 0 || end > LONGEST) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(0, end));
            return Math.abs((long) number.scale()) > LONGEST ? Optional.empty() : Optional.of(number.multiply(factor));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The same as a number to compare with. */
    public static OptionalDouble of(String text) {
        return exact(text).map(value -> OptionalDouble.of(value.doubleValue())).orElse(OptionalDouble.empty());
    }
}
