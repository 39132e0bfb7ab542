package io.k8sincident.activities.diagnosis.view;

import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the logs of other pods say last of a Service: that connections to it are refused, or that requests succeed.
 *
 * @param refusals lines that name the Service or its address and say that the connection was refused
 * @param successes lines that name it and state no trouble
 * @param fact the newest refusal
 */
public record ClientLogs(int refusals, int successes, Optional<Fact> fact) {
    private static final int LINES_READ = 40;
    private static final int LONGEST_LINE = 2_000;
    private static final Pattern REFUSED = Pattern.compile("(?i)connection refused|ECONNREFUSED|connect: refused");
    private static final Pattern UNRESOLVED = Pattern.compile(
            "(?i)no such host|name or service not known|could not resolve|ENOTFOUND|unknown ?host|NXDOMAIN|bad address"
                    + "|nodename nor servname|could not translate host name");
    private static final Pattern TROUBLE = Pattern.compile(
            "(?i)refused|error|fail|cannot|can't|unable|retr|warn|timeout|timed out|unreachable|no such host");

    /** The newest line of a pod that says that the name of an alias, or what it stands for, does not resolve. */
    public static Optional<Fact> unresolved(ClusterView cluster, Resource alias) {
        Pattern named = Pattern.compile("(?:^|[^A-Za-z0-9.-])(?:" + Pattern.quote(alias.name()) + "|"
                + Pattern.quote(alias.fields().text("spec", "externalName")) + ")(?:[^A-Za-z0-9-]|$)");
        List<Fact> said = new ArrayList<>();
        for (ContainerLog log : cluster.snapshot().logs()) {
            List<String> lines = log.namespace().equals(alias.namespace())
                    ? lastLines(log).filter(line -> named.matcher(line).find()).toList()
                    : List.of();
            if (!lines.isEmpty()
                    && UNRESOLVED.matcher(lines.get(lines.size() - 1)).find()) {
                String line = lines.get(lines.size() - 1);
                said.add(new Fact(
                        "Log of Pod/" + log.pod() + " container " + log.container(),
                        "a client says: " + line.strip(),
                        line));
            }
        }
        return said.stream().findFirst();
    }

    /** Reads the last lines of the logs of all pods of its namespace that the Service does not select. */
    static ClientLogs of(ClusterView cluster, Resource service) {
        Pattern named = named(service);
        List<Fact> refusals = new ArrayList<>();
        int successes = 0;
        for (ContainerLog log : cluster.snapshot().logs()) {
            if (log.namespace().equals(service.namespace()) && !selected(cluster, service, log)) {
                for (String line : lastLines(log)
                        .filter(line -> named.matcher(line).find())
                        .toList()) {
                    if (REFUSED.matcher(line).find()) {
                        refusals.add(new Fact(
                                "Log of Pod/" + log.pod() + " container " + log.container(),
                                "a client says: " + line.strip(),
                                line));
                    } else if (!TROUBLE.matcher(line).find()) {
                        successes++;
                    }
                }
            }
        }
        return new ClientLogs(
                refusals.size(),
                successes,
                refusals.isEmpty() ? Optional.empty() : Optional.of(refusals.get(refusals.size() - 1)));
    }

    private static boolean selected(ClusterView cluster, Resource service, ContainerLog log) {
        return cluster.find("Pod", log.namespace(), log.pod())
                .filter(pod -> Services.selects(service, pod.fields().child("metadata", "labels")))
                .isPresent();
    }

    private static Stream<String> lastLines(ContainerLog log) {
        if (log.error() != null) {
            return Stream.empty();
        }
        String text = log.text();
        String end = text.substring(Math.max(0, text.length() - LINES_READ * LONGEST_LINE));
        List<String> lines = end.lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES_READ))
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)));
    }

    /** Its name where a host stands (before a port, a path or its domain), or its address. */
    private static Pattern named(Resource service) {
        String host = Pattern.quote(service.name());
        String name = "(?:(?://|@|\\blookup )" + host + "(?:[^A-Za-z0-9-]|$)|(?:^|[^A-Za-z0-9.-])" + host
                + "(?::[0-9]|\\.[a-z0-9-]+\\.svc))";
        String address = service.fields().text("spec", "clusterIP");
        return address.isEmpty() || address.equals("None")
                ? Pattern.compile(name)
                : Pattern.compile(name + "|(?:^|[^0-9.])" + Pattern.quote(address) + "(?:[^0-9.]|$)");
    }
}
