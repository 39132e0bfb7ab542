package io.k8sincident.activities.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code advice} of a policy: the hosts beyond this machine to which evidence may be sent. */
final class AdviceReader {
    /** As a URL has it: a name or an IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}]");

    private AdviceReader() {}

    /** Hosts, each with its place. */
    static Map<String, String> hosts(@Nullable YamlNode node) {
        Map<String, String> places = new LinkedHashMap<>();
        if (node == null) {
            return places;
        }
        for (YamlNode element :
                node.required(node.fields(Set.of("hosts")), "hosts").elements()) {
            String host = element.text();
            if (!HOST.matcher(host).matches()) {
                throw element.error("is '" + host + "', which is no host in lower case and without a port, such as"
                        + " llm.example.com; patterns are not supported, name each one");
            }
            if (places.put(host, element.place()) != null) {
                throw element.error("names '" + host + "' again; remove one of the two");
            }
        }
        return places;
    }
}
