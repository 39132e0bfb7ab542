package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Risk;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a policy strictly: what is unknown, double, empty or of the wrong type is an error with its line. */
final class PolicyReader {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Set<String> KEYS = Set.of(
            "version namespaces actions highestRisk decisions mode limits freeze optOut breaker deny breakGlass advice nodes"
                    .split(" "));

    private PolicyReader() {}

    static Policy read(String file, String text, Path folder, String digest) {
        YamlNode document = YamlNode.parse(file, text);
        Map<String, YamlNode> top = document.fields(KEYS);
        YamlNode nodes = top.get("nodes");
        if (nodes != null) {
            throw nodes.error("is reserved: this program cordons and drains no nodes, so there is nothing to allow;"
                    + " remove the key");
        }
        YamlNode version = document.required(top, "version");
        if (version.number() != 1) {
            throw version.error("is " + version.number() + "; this program reads version 1");
        }
        YamlNode namespaces = document.required(top, "namespaces");
        Map<String, YamlNode> lists = namespaces.fields(Set.of("allow", "deny"));
        Map<String, String> allowed = namespaces(namespaces.required(lists, "allow"));
        YamlNode risk = document.required(top, "highestRisk");
        Decisions decisions = DecisionsReader.read(top.get("decisions"), document, folder);
        return new Policy(
                file,
                allowed,
                namespaces(lists.get("deny")),
                actions(document.required(top, "actions")),
                new Limit<>(risk.constant(Risk.class), risk.place()),
                decisions,
                GuardReader.modes(top.get("mode"), allowed.keySet()),
                GuardReader.limits(top.get("limits"), document),
                FreezeReader.read(top.get("freeze"), allowed.keySet()),
                GuardReader.optOut(top.get("optOut")),
                GuardReader.breaker(top.get("breaker")),
                DenyRule.read(top.get("deny")),
                Optional.ofNullable(top.get("breakGlass"))
                        .map(part -> BreakGlassRule.read(part, decisions.requireProof())),
                AdviceReader.hosts(top.get("advice")),
                digest);
    }

    private static Map<String, String> namespaces(@Nullable YamlNode list) {
        Map<String, String> places = new LinkedHashMap<>();
        if (list == null) {
            return places;
        }
        for (YamlNode element : list.elements()) {
            String name = element.text();
            if (!NAMESPACE.matcher(name).matches()) {
                throw element.error("is '" + name + "', which is no name of a namespace; patterns are not supported,"
                        + " name each one");
            }
            if (places.put(name, element.place()) != null) {
                throw element.error("names '" + name + "' again; remove one of the two");
            }
        }
        return places;
    }

    private static Map<String, Map<String, String>> actions(YamlNode kinds) {
        Map<String, Map<String, String>> actions = new LinkedHashMap<>();
        kinds.fields(HardLimits.KINDS).forEach((kind, list) -> {
            Map<String, String> places = new LinkedHashMap<>();
            for (YamlNode element : list.elements()) {
                if (places.put(element.constant(ActionType.class).name(), element.place()) != null) {
                    throw element.error("names an action again; remove one of the two");
                }
            }
            actions.put(kind, Map.copyOf(places));
        });
        return actions;
    }
}
