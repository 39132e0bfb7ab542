package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Redactor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code logs/[NAMESPACE/]POD/CONTAINER[.previous].log}, and what the API answered in place of a log. */
final class RecordedLogs {
    private static final String PREVIOUS = ".previous.log";
    private static final String CURRENT = ".log";

    private final Path folder;
    private final RecordedMeta meta;
    private final Map<String, String> namespaces;

    RecordedLogs(Path folder, RecordedMeta meta, List<Resource> objects) {
        this.folder = folder;
        this.meta = meta;
        this.namespaces = LogPaths.namespaces(objects);
    }

    List<ContainerLog> read(List<Gap> gaps) {
        List<ContainerLog> logs = new ArrayList<>();
        meta.logErrors().forEach((place, answer) -> logs.add(refused(place, answer)));
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : folders(folder)) {
                List<Path> pods = folders(entry);
                pods.forEach(pod -> add(name(entry), pod, logs));
                add(namespace(name(entry)), entry, logs);
            }
        }
        if (!meta.knowsGaps()) {
            logs.stream()
                    .filter(log -> log.error() != null && LogAnswer.hides(log.error()))
                    .forEach(log -> gaps.add(gap(log)));
        }
        return logs;
    }

    private static void add(String namespace, Path pod, List<ContainerLog> logs) {
        Folders.entries(pod).forEach(file -> add(namespace, name(pod), file, logs));
    }

    private static void add(String namespace, String pod, Path file, List<ContainerLog> logs) {
        String name = name(file);
        if (!name.endsWith(CURRENT) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean previous = name.endsWith(PREVIOUS);
        String container = name.substring(0, name.length() - (previous ? PREVIOUS : CURRENT).length());
        String text = LogTail.clean(LogTail.read(file));
        boolean answer = LogAnswer.insteadOfLog(text);
        logs.add(new ContainerLog(
                namespace, pod, container, previous, answer ? "" : text, answer ? text.strip() : null));
    }

    private ContainerLog refused(String place, String answer) {
        boolean previous = place.endsWith(" previous");
        String path = previous ? place.substring(0, place.length() - " previous".length()) : place;
        List<String> parts = List.of(path.split("/", -1));
        String container = parts.size() < 2 ? "" : parts.get(parts.size() - 1);
        String pod = parts.get(Math.max(0, parts.size() - 2));
        String namespace = parts.size() < 3 ? namespace(pod) : parts.get(0);
        return new ContainerLog(namespace, pod, container, previous, "", Redactor.text(answer.strip()));
    }

    private static Gap gap(ContainerLog log) {
        String flag = log.previous() ? " --previous" : "";
        return new Gap(
                "Log",
                (log.previous() ? "previous log of container " : "log of container ") + log.container() + " of pod "
                        + log.pod(),
                String.valueOf(log.error()),
                "kubectl logs " + log.pod() + " -c " + log.container() + flag + " -n " + log.namespace());
    }

    private String namespace(String pod) {
        return namespaces.getOrDefault(pod, "");
    }

    private static List<Path> folders(Path folder) {
        return Folders.entries(folder).stream()
                .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
