package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where container logs come from: the kubelet. */
@FunctionalInterface
public interface LogSource {
    /**
     * The lines of a container's log, oldest first, each with its time in front.
     *
     * @throws io.k8sincident.scenarios.status.StatusException 400 where the container has no log
     */
    java.util.List<LogLine> read(ObjectNode pod, String container, boolean previous);
}
