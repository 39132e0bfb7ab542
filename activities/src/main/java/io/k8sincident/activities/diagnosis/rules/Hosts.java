package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** Host names and addresses in log lines and commands. */
final class Hosts {
    private static final String NAME = "([A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])";
    /** How resolvers and clients word the name that does not resolve: Go, glibc and musl, Node, Java, nginx, libpq, curl. */
    private static final List<Pattern> UNRESOLVED = List.of(
            Pattern.compile("lookup " + NAME + "(?: on |: )"),
            Pattern.compile("(?:ENOTFOUND|EAI_AGAIN) " + NAME),
            Pattern.compile("UnknownHostException: " + NAME + "(?:[: ]|$)"),
            Pattern.compile("host not found in upstream \"" + NAME),
            Pattern.compile("host name \"" + NAME + "\""),
            Pattern.compile("(?i)could not resolve (?:host|proxy|hostname):? '?" + NAME),
            Pattern.compile("bad address '" + NAME + "'"),
            Pattern.compile("(?:MySQL server host|getaddrinfo for) '?" + NAME),
            Pattern.compile("can't resolve '" + NAME + "'"),
            Pattern.compile("\\(" + NAME + ":[0-9]+\\)"),
            Pattern.compile("host='" + NAME + "'"),
            Pattern.compile("//(?:[^/@\\s\"]*@)?" + NAME + "[:/]"));

    private static final Pattern ANNOUNCED =
            Pattern.compile("(?i)\\b(server (at|on)|host|host name|address|upstream) $");

    private Hosts() {}

    /** The name that the text says does not resolve. */
    static Optional<String> unresolved(String text) {
        for (Pattern pattern : UNRESOLVED) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** The name of the Service of this namespace that a host name would be; empty for any other host. */
    static Optional<String> serviceName(String host, String namespace) {
        String[] labels = host.split("\\.", -1);
        boolean address = host.matches("[0-9.]+");
        boolean own = labels.length == 1 || labels[1].equals(namespace);
        boolean cluster = labels.length <= 2 || labels[2].equals("svc");
        return !address && own && cluster && !labels[0].isEmpty() ? Optional.of(labels[0]) : Optional.empty();
    }

    /**
     * Whether the text names this host as a host: after {@code //}, {@code @} or a space or quote, and before a port, a
     * path, a domain, a space, a quote or the end.
     */
    static boolean named(String text, String host) {
        if (host.isEmpty() || host.equals("None")) {
            return false;
        }
        for (int at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + 1)) {
            int end = at + host.length();
            boolean begins = at == 0 || "/@ \"'=([>".indexOf(text.charAt(at - 1)) >= 0;
            boolean port = end < text.length() && text.charAt(end) == ':';
            boolean domain = text.startsWith(".", end);
            boolean url = at >= 2 && text.startsWith("//", at - 2);
            if (begins
                    && (port
                            || domain
                            || url
                            || introduced(text, at, end)
                            || (host.contains(".") && bounded(text, end)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word before it says that a host follows: {@code lookup db on}, {@code server at "db"}. */
    private static boolean introduced(String text, int at, int end) {
        boolean quoted = at > 0 && "\"'".indexOf(text.charAt(at - 1)) >= 0;
        String before = text.substring(0, quoted ? at - 1 : at);
        return bounded(text, end)
                && (before.endsWith("lookup ")
                        || before.endsWith("ENOTFOUND ")
                        || before.endsWith("EAI_AGAIN ")
                        || before.endsWith("UnknownHostException: ")
                        || (quoted && ANNOUNCED.matcher(before).find()));
    }

    private static boolean bounded(String text, int end) {
        return end == text.length() || !(Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-');
    }
}
