package io.k8sincident.activities.diagnosis.rules;

import java.util.Map;
import java.util.OptionalDouble;

/** Resource quantities of the Kubernetes API: {@code 500m}, {@code 64}, {@code 96Mi}, {@code 1e3}. */
final class Quantity {
    private static final Map<String, Double> FACTORS = Map.ofEntries(
            Map.entry("n", 1e-9),
            Map.entry("u", 1e-6),
            Map.entry("m", 1e-3),
            Map.entry("", 1.0),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("P", 1e15),
            Map.entry("E", 1e18),
            Map.entry("Ki", 0x1p10),
            Map.entry("Mi", 0x1p20),
            Map.entry("Gi", 0x1p30),
            Map.entry("Ti", 0x1p40),
            Map.entry("Pi", 0x1p50),
            Map.entry("Ei", 0x1p60));

    private Quantity() {}

    /** Its value in the resource's unit (cores, bytes); empty if the text is no quantity. */
    static OptionalDouble of(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        Double factor = FACTORS.get(text.substring(end));
        try {
            return factor == null || end == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text.substring(0, end)) * factor);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
