package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Risk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code decisions} of a policy. */
final class DecisionsReader {
    private static final Map<Risk, Integer> DEFAULT_QUORUM = Map.of(Risk.LOW, 1, Risk.MEDIUM, 1, Risk.HIGH, 2);
    private static final Set<String> RISKS =
            Arrays.stream(Risk.values()).map(Risk::name).collect(Collectors.toUnmodifiableSet());
    private static final int LARGEST_QUORUM = 20;
    private static final int LONGEST_NAME = 253;

    private DecisionsReader() {}

    /**
     * What the policy says, and where it says nothing the stricter.
     *
     * @param document the whole policy, which is the place of what is left out
     * @param folder that a relative path in the policy starts from
     */
    static Decisions read(@Nullable YamlNode node, YamlNode document, Path folder) {
        YamlNode part = node == null ? document : node;
        Map<String, YamlNode> rules = node == null
                ? Map.of()
                : node.fields(Set.of("requireProof", "separateDuties", "quorum", "users", "allowedSigners"));
        return new Decisions(
                flag(part, rules.get("requireProof")),
                flag(part, rules.get("separateDuties")),
                quorum(part, rules.get("quorum")),
                users(rules.get("users")),
                Optional.ofNullable(rules.get("allowedSigners")).map(path -> signers(path, folder)));
    }

    private static Limit<Boolean> flag(YamlNode part, @Nullable YamlNode node) {
        return node == null ? new Limit<>(true, part.place()) : new Limit<>(node.flag(), node.place());
    }

    /** A risk that is not named keeps its default, whose place is the whole part. */
    private static Map<Risk, Limit<Integer>> quorum(YamlNode decisions, @Nullable YamlNode node) {
        Map<Risk, Limit<Integer>> quorum = new EnumMap<>(Risk.class);
        DEFAULT_QUORUM.forEach((risk, people) -> quorum.put(risk, new Limit<>(people, decisions.place())));
        if (node != null) {
            node.fields(RISKS)
                    .forEach((risk, people) -> quorum.put(
                            Risk.valueOf(risk), new Limit<>(people.between(1, LARGEST_QUORUM), people.place())));
        }
        return quorum;
    }

    private static Map<String, Limit<String>> users(@Nullable YamlNode node) {
        Map<String, Limit<String>> users = new LinkedHashMap<>();
        if (node == null) {
            return users;
        }
        Set<String> folded = new HashSet<>();
        Set<String> taken = new HashSet<>();
        node.entries().forEach((name, user) -> {
            if (!plain(name) || !folded.add(name.toLowerCase(Locale.ROOT))) {
                throw user.error("has a name that is blank, padded, longer than " + LONGEST_NAME
                        + " characters, unprintable, or differs from another only in case; a name stands for one"
                        + " person, as in the allowed_signers file");
            }
            if (!plain(user.text())) {
                throw user.error("must be the name of a cluster user, such as alice@example.com");
            }
            if (!taken.add(user.text())) {
                throw user.error("is '" + user.text() + "', which another name has too; then one person could be"
                        + " counted as two: give each name its own user");
            }
            users.put(name, new Limit<>(user.text(), user.place()));
        });
        return users;
    }

    private static boolean plain(String text) {
        return !text.isBlank()
                && text.equals(text.strip())
                && text.length() <= LONGEST_NAME
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static Limit<Path> signers(YamlNode node, Path folder) {
        if (node.text().isBlank()) {
            throw node.error("is blank; name an OpenSSH allowed_signers file, or remove the key");
        }
        try {
            return new Limit<>(folder.resolve(node.text()), node.place());
        } catch (InvalidPathException e) {
            throw node.error("is no path: " + e.getReason());
        }
    }
}
