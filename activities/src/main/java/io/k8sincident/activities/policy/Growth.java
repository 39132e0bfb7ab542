package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.evidence.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares what a workload's pods ask for before and after a change. */
final class Growth {
    static final String PODS = "pods";

    private static final List<String> LISTS = List.of("requests", "limits");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Growth() {}

    /**
     * What grows by more than so many percent, in words; empty if nothing does. What was not asked for at all before
     * may be asked for now: there is nothing that it could be a percentage of, and an unlimited container is not
     * larger for being given a limit. A limit that goes away is without bounds, and so too large.
     */
    static Optional<String> beyond(int percent, JsonNode before, JsonNode after) {
        try {
            for (String list : LISTS) {
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
        } catch (NumberFormatException e) {
            return Optional.of("a quantity in its resources cannot be read");
        }
    }

    /** The number of replicas, if the change raises it. */
    static Optional<Integer> raisedReplicas(JsonNode before, JsonNode after) {
        int now = after.path("spec").path("replicas").asInt(1);
        return now > before.path("spec").path("replicas").asInt(1) ? Optional.of(now) : Optional.empty();
    }

    /**
     * What all pods of a workload ask for beyond what they did, by the names that a ResourceQuota has for it; only what
     * is more.
     *
     * @throws NumberFormatException if a quantity cannot be read
     */
    static Map<String, BigDecimal> more(JsonNode before, JsonNode after) {
        Map<String, BigDecimal> more = total(after);
        total(before).forEach((resource, was) -> more.merge(resource, was.negate(), BigDecimal::add));
        more.values().removeIf(amount -> amount.signum() <= 0);
        return more;
    }

    private static Map<String, BigDecimal> total(JsonNode image) {
        BigDecimal replicas =
                BigDecimal.valueOf(image.path("spec").path("replicas").asInt(1));
        Map<String, BigDecimal> total = new TreeMap<>(Map.of(PODS, replicas));
        for (String list : LISTS) {
            sums(image, list).forEach((name, sum) -> total.put(list + "." + name, sum.multiply(replicas)));
        }
        return total;
    }

    /**
     * What a pod is counted with: the sum of its containers and sidecars, or what one init container asks for beside the
     * sidecars before it where that is more.
     */
    private static Map<String, BigDecimal> sums(JsonNode image, String list) {
        JsonNode pod = image.path("spec").path("template").path("spec");
        Map<String, BigDecimal> sidecars = new TreeMap<>();
        Map<String, BigDecimal> starting = new TreeMap<>();
        for (JsonNode init : pod.path("initContainers")) {
            Map<String, BigDecimal> beside = new TreeMap<>(sidecars);
            add(beside, init.path("resources").path(list));
            beside.forEach((name, sum) -> starting.merge(name, sum, BigDecimal::max));
            if (init.path("restartPolicy").asText().equals("Always")) {
                sidecars = beside;
            }
        }
        Map<String, BigDecimal> sums = new TreeMap<>(sidecars);
        pod.path("containers")
                .forEach(container -> add(sums, container.path("resources").path(list)));
        starting.forEach((name, sum) -> sums.merge(name, sum, BigDecimal::max));
        return sums;
    }

    private static void add(Map<String, BigDecimal> sums, JsonNode resources) {
        resources
                .properties()
                .forEach(resource -> sums.merge(
                        resource.getKey(), quantity(resource.getValue().asText()), BigDecimal::add));
    }

    private static BigDecimal quantity(String text) {
        return Quantity.exact(text).orElseThrow(() -> new NumberFormatException(text));
    }
}
