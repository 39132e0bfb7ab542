package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Mode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts {@code mode}, {@code limits}, {@code optOut} and {@code breaker} of a policy. */
final class GuardReader {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,3})(s|m|h)");
    private static final Pattern ANNOTATION = Pattern.compile(
            "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Duration LONGEST_COOLDOWN = Duration.ofHours(24);
    private static final int MOST_REPLICAS = 10_000;
    private static final int MOST_GROWTH = 400;
    private static final int MOST_IN_FLIGHT = 100;
    private static final int MOST_PER_HOUR = 1_000;

    private GuardReader() {}

    static Map<String, Limit<Mode>> modes(@Nullable YamlNode node, Set<String> allowed) {
        Map<String, Limit<Mode>> modes = new LinkedHashMap<>();
        if (node != null) {
            node.entries().forEach((namespace, mode) -> {
                mode.requireNamespace(namespace, allowed);
                modes.put(namespace, new Limit<>(mode.constant(Mode.class), mode.place()));
            });
        }
        return modes;
    }

    static Limits limits(@Nullable YamlNode node, YamlNode document) {
        if (node == null) {
            return new Limits(Optional.empty(), defaultGrowth(document.place()), Optional.empty(), Optional.empty());
        }
        Map<String, YamlNode> fields =
                node.fields(Set.of("maxReplicas", "growthPercent", "inFlightPerNamespace", "actionsPerHour"));
        return new Limits(
                limit(fields.get("maxReplicas"), 0, MOST_REPLICAS),
                limit(fields.get("growthPercent"), 0, MOST_GROWTH).orElseGet(() -> defaultGrowth(node.place())),
                limit(fields.get("inFlightPerNamespace"), 1, MOST_IN_FLIGHT),
                limit(fields.get("actionsPerHour"), 1, MOST_PER_HOUR));
    }

    private static Limit<Integer> defaultGrowth(String place) {
        return new Limit<>(Limits.DEFAULT_GROWTH_PERCENT, place);
    }

    private static Optional<Limit<Integer>> limit(@Nullable YamlNode node, int least, int most) {
        return Optional.ofNullable(node).map(number -> new Limit<>(number.between(least, most), number.place()));
    }

    static Map<String, String> optOut(@Nullable YamlNode list) {
        Map<String, String> places = new LinkedHashMap<>();
        if (list != null) {
            for (YamlNode element : list.elements()) {
                if (!ANNOTATION.matcher(element.text()).matches()) {
                    throw element.error("is '" + element.text() + "', which is no name of an annotation, such as"
                            + " k8sincident.io/opt-out");
                }
                if (UnseenAnnotations.NAMES.contains(element.text())) {
                    throw element.error("is '" + element.text() + "', which is left out of what a policy sees of an"
                            + " object, so that it would opt nothing out; name an annotation of your own, such as"
                            + " k8sincident.io/opt-out");
                }
                if (places.put(element.text(), element.place()) != null) {
                    throw element.error("names '" + element.text() + "' again; remove one of the two");
                }
            }
        }
        return places;
    }

    static Optional<Breaker> breaker(@Nullable YamlNode node) {
        if (node == null) {
            return Optional.empty();
        }
        Map<String, YamlNode> fields = node.fields(Set.of("unhealthyPercent", "atLeast", "cooldown"));
        YamlNode atLeast = fields.get("atLeast");
        YamlNode cooldown = fields.get("cooldown");
        return Optional.of(new Breaker(
                node.required(fields, "unhealthyPercent").between(1, 99),
                atLeast == null ? Breaker.DEFAULT_LEAST : atLeast.between(1, MOST_REPLICAS),
                cooldown == null ? Breaker.DEFAULT_COOLDOWN : duration(cooldown),
                node.place()));
    }

    private static Duration duration(YamlNode node) {
        Matcher matcher = DURATION.matcher(node.text());
        if (!matcher.matches()) {
            throw node.error("is '" + node.text() + "'; it must be a time such as 90s, 15m or 2h");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
        if (duration.compareTo(LONGEST_COOLDOWN) > 0) {
            throw node.error("is longer than 24h");
        }
        return duration;
    }
}
