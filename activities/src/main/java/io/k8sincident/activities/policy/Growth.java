package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what a workload's pods ask for before and after a change. */
final class Growth {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
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
    private static final int LONGEST_QUANTITY = 40;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Growth() {}

    /**
     * What grows by more than so many percent, in words; empty if nothing does. What was not asked for at all before
     * may be asked for now: there is nothing that it could be a percentage of, and an unlimited container is not
     * larger for being given a limit. A limit that goes away is without bounds, and so too large.
     */
    static Optional<String> beyond(int percent, JsonNode before, JsonNode after) {
        try {
            for (String list : new String[] {"requests", "limits"}) {
                Map<String, BigDecimal> old = sums(before, list);
                Map<String, BigDecimal> now = sums(after, list);
                for (Map.Entry<String, BigDecimal> asked : old.entrySet()) {
                    String name = asked.getKey();
                    BigDecimal wanted = now.get(name);
                    if (wanted == null && list.equals("limits")) {
                        return Optional.of("the pods' limit of " + name + " goes away");
                    }
                    BigDecimal most = asked.getValue()
                            .multiply(BigDecimal.valueOf(100L + percent))
                            .divide(HUNDRED);
                    if (wanted != null && wanted.compareTo(most) > 0) {
                        return Optional.of("the " + list + " of " + name + " of a pod grow from "
                                + asked.getValue().toPlainString() + " to " + wanted.toPlainString());
                    }
                }
            }
            return Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.of("a quantity in its resources cannot be read");
        }
    }

    /** The number of replicas, if the change raises it. */
    static Optional<Integer> raisedReplicas(JsonNode before, JsonNode after) {
        int now = after.path("spec").path("replicas").asInt(1);
        return now > before.path("spec").path("replicas").asInt(1) ? Optional.of(now) : Optional.empty();
    }

    private static Map<String, BigDecimal> sums(JsonNode image, String list) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        image.path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .forEach(container -> container
                        .path("resources")
                        .path(list)
                        .properties()
                        .forEach(resource -> sums.merge(
                                resource.getKey(), quantity(resource.getValue().asText()), BigDecimal::add)));
        return sums;
    }

    private static BigDecimal quantity(String text) {
        if (text.length() > LONGEST_QUANTITY) {
            throw new NumberFormatException("too long");
        }
        int digits = text.length();
        @Nullable BigDecimal factor = null;
        for (int suffix = Math.min(2, text.length() - 1); suffix > 0 && factor == null; suffix--) {
            factor = SUFFIXES.get(text.substring(text.length() - suffix));
            digits = factor == null ? digits : text.length() - suffix;
        }
        BigDecimal number = new BigDecimal(text.substring(0, digits));
        if (Math.abs((long) number.scale()) > LONGEST_QUANTITY) {
            throw new NumberFormatException("out of range");
        }
        return factor == null ? number : number.multiply(factor);
    }
}
