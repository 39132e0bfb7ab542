package io.k8sincident.scenarios.admission;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of a resource, as in {@code 250m}, {@code 64Mi}, {@code 1e3} (Kubernetes' resource.Quantity). */
public final class Quantity {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?[0-9]{1,18}(?:\\.[0-9]{0,9})?)(?:(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|[eE]([+-]?[0-9]{1,2}))?");
    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
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

    private Quantity() {}

    /** The amount in base units, or empty where the text is no quantity. */
    public static Optional<BigDecimal> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            return Optional.of(number.multiply(FACTORS.getOrDefault(matcher.group(2), BigDecimal.ONE)));
        }
        return Optional.of(
                matcher.group(3) == null ? number : number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3))));
    }

    /** The amount in thousandths, rounded up; 0 where the text is no quantity. Used for cpu. */
    public static long milli(String text) {
        return parse(text)
                .map(amount -> amount.movePointRight(3)
                        .setScale(0, RoundingMode.CEILING)
                        .longValue())
                .orElse(0L);
    }

    /** The amount in whole units, rounded up; 0 where the text is no quantity. Used for memory and counts. */
    public static long units(String text) {
        return parse(text)
                .map(amount -> amount.setScale(0, RoundingMode.CEILING).longValue())
                .orElse(0L);
    }
}
