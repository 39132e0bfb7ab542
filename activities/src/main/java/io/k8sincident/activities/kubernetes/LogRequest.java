package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log to be read.
 *
 * @param previous of the container before the last restart
 * @param alsoCurrent a container that waits to be restarted has no log of its own: the kubelet answers with the previous
 *     one, so reading it once is enough
 */
record LogRequest(String namespace, String pod, String container, boolean previous, boolean alsoCurrent) {
    LogRequest onlyThis() {
        return new LogRequest(namespace, pod, container, previous, false);
    }

    LogRequest current() {
        return new LogRequest(namespace, pod, container, false, false);
    }

    String path(int tailLines, int limitBytes) {
        return ReadKind.POD.object(namespace, pod) + "/log?container=" + Names.encoded(container)
                + (previous ? "&previous=true" : "")
                + "&tailLines=" + tailLines + "&limitBytes=" + limitBytes;
    }

    List<ContainerLog> logs(String text, @Nullable String error) {
        ContainerLog log = new ContainerLog(namespace, pod, container, previous, text, error);
        return alsoCurrent
                ? List.of(log, new ContainerLog(namespace, pod, container, !previous, text, error))
                : List.of(log);
    }

    Gap gap(String why) {
        return new Gap(
                "Log",
                (previous ? "previous log" : "log") + " of container " + container + " in pod " + namespace + "/" + pod,
                why,
                "kubectl logs " + pod + " -c " + container + " -n " + namespace + (previous ? " --previous" : "")
                        + " --tail=500");
    }
}
