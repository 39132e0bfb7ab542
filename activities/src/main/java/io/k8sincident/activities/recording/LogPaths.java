package io.k8sincident.activities.recording;

import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the logs of a recording lie: {@code logs/POD/CONTAINER.log}, and {@code logs/NAMESPACE/POD/CONTAINER.log} where
 * the name of a pod does not tell its namespace, as in a recording of several.
 */
final class LogPaths {
    /** Names of namespaces and pods (RFC 1123 subdomains) and of containers (labels), so that no path leaves the folder. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final boolean nested;

    private LogPaths(boolean nested) {
        this.nested = nested;
    }

    static LogPaths of(Snapshot snapshot) {
        Map<String, String> namespaces = namespaces(snapshot.all("Pod").collect(Collectors.toUnmodifiableList()));
        return new LogPaths(snapshot.logs().stream()
                .anyMatch(log -> !namespaces.getOrDefault(log.pod(), "").equals(log.namespace())));
    }

    /** What the name of a pod alone tells. */
    static Map<String, String> namespaces(List<Resource> objects) {
        Map<String, String> namespaces = new HashMap<>();
        objects.stream()
                .filter(object -> object.kind().equals("Pod"))
                .forEach(pod -> namespaces.putIfAbsent(pod.name(), pod.namespace()));
        return namespaces;
    }

    /** Whether the names of a log may be those of files. */
    static boolean safe(ContainerLog log) {
        return LABEL.matches(log.container())
                && NAME.matches(log.pod())
                && (log.namespace().isEmpty() || NAME.matches(log.namespace()));
    }

    /** The file of a log, below the folder of the recording. */
    String file(ContainerLog log) {
        return "logs/" + place(log) + (log.previous() ? ".previous.log" : ".log");
    }

    /** How {@code logErrors} in {@code meta.json} names a log. */
    String key(ContainerLog log) {
        return place(log) + (log.previous() ? " previous" : "");
    }

    private String place(ContainerLog log) {
        return (nested ? log.namespace() + "/" : "") + log.pod() + "/" + log.container();
    }
}
