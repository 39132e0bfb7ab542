package io.k8sincident.activities.diagnosis.rules;

/** Host names and addresses in log lines. */
final class Hosts {
    private Hosts() {}

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
            boolean domain = text.startsWith(".svc", end) || text.startsWith(".", end);
            boolean path = end < text.length() && "/?".indexOf(text.charAt(end)) >= 0;
            boolean looked = text.startsWith("lookup ", Math.max(0, at - 7));
            boolean url = at >= 2 && text.startsWith("//", at - 2);
            if (begins && (port || (domain && !host.contains(".")) || (path && url) || looked || url)) {
                return true;
            }
        }
        return false;
    }
}
