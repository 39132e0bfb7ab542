package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.controllers.EventRecorder;

/** Events about one container, written in the name of its node's kubelet. */
record ContainerEvents(EventRecorder recorder, ObjectNode pod, String fieldPath) {
    void normal(String reason, String message) {
        recorder.record(pod, fieldPath, "Normal", reason, message);
    }

    void warning(String reason, String message) {
        recorder.record(pod, fieldPath, "Warning", reason, message);
    }
}
