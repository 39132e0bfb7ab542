package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.activities.policy.QuotaRoom.Quota;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds what a plan makes all pods of a workload ask for beyond today to what the namespace's quotas leave. The pods that
 * a rollout starts before it ends others are not counted. Thread-safe.
 */
public final class Quotas {
    private static final String REQUESTS = "requests.";

    private final QuotaRoom room;

    /** Looks up this room, and only for plans that ask for more. */
    public Quotas(QuotaRoom room) {
        this.room = room;
    }

    /** Why there is no room for this, in the order of the plan's actions; empty if there is. */
    public List<PolicyVerdict> exceeded(Policy policy, PolicyQuestion question) {
        String place = policy.limits().growthPercent().place();
        Map<String, Map<String, BigDecimal>> wanted = new TreeMap<>();
        for (Step first : question.firstOfEachTarget()) {
            Map<String, BigDecimal> ofNamespace = wanted.computeIfAbsent(
                    Allowlist.namespaceOf(first.action().target()), namespace -> new TreeMap<>());
            try {
                Growth.more(first.before(), question.lastOn(first).after())
                        .forEach((resource, more) -> ofNamespace.merge(resource, more, BigDecimal::add));
            } catch (NumberFormatException e) {
                return List.of(PolicyVerdict.deny(place, "a quantity in its resources cannot be read"));
            }
        }
        wanted.values().removeIf(Map::isEmpty);
        return wanted.entrySet().stream()
                .flatMap(namespace ->
                        exceeded(namespace.getKey(), namespace.getValue())
                                .map(why -> PolicyVerdict.deny(place, why))
                                .stream())
                .toList();
    }

    private Optional<String> exceeded(String namespace, Map<String, BigDecimal> wanted) {
        List<Quota> quotas;
        try {
            quotas = room.of(namespace);
        } catch (RuntimeException e) {
            return Optional.of("the pods would ask for more, and the quotas of namespace " + namespace
                    + " cannot be read: " + e.getMessage());
        }
        for (Quota quota : quotas) {
            for (Map.Entry<String, BigDecimal> left : quota.left().entrySet()) {
                BigDecimal more = wanted.getOrDefault(counted(left.getKey()), BigDecimal.ZERO);
                if (more.signum() > 0 && more.compareTo(left.getValue()) > 0) {
                    return Optional.of("quota " + quota.name() + " of namespace " + namespace + " leaves "
                            + left.getValue().max(BigDecimal.ZERO).toPlainString() + " of " + left.getKey()
                            + ", and the pods would ask for " + more.toPlainString() + " more");
                }
            }
        }
        return Optional.empty();
    }

    /** {@code cpu} is short for {@code requests.cpu}, and {@code count/pods} counts pods as {@code pods} does. */
    private static String counted(String key) {
        return switch (key) {
            case "cpu", "memory", "ephemeral-storage" -> REQUESTS + key;
            case "count/pods" -> Growth.PODS;
            default -> key;
        };
    }
}
