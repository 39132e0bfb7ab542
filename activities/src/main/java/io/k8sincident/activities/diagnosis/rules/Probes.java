package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Locale;

/** Which field of a probe is at fault, from the answer that the kubelet got. */
final class Probes {
    private Probes() {}

    /** {@code livenessProbe.httpGet.path} where the server answers and refuses, and so on; the probe if nothing says. */
    static String field(ContainerView container, String probe) {
        String message = failure(container, probe);
        Fields spec = container.spec().child(probe);
        if (message.contains("statuscode:") && spec.has("httpGet")) {
            return probe + ".httpGet.path";
        }
        if (message.contains("timed out") || message.contains("deadline exceeded")) {
            return probe + ".timeoutSeconds";
        }
        if (message.contains("connection refused")) {
            for (String handler : new String[] {"httpGet", "tcpSocket", "grpc"}) {
                if (spec.has(handler) && !portDeclared(container, spec.text(handler, "port"))) {
                    return probe + "." + handler + ".port";
                }
            }
        }
        return probe;
    }

    /** The value of {@link #field}. */
    static String value(ContainerView container, String probe) {
        Fields value = container.spec().child(field(container, probe).split("\\."));
        return value.json().isValueNode() ? value.text() : value.toString();
    }

    private static boolean portDeclared(ContainerView container, String port) {
        return container.spec().list("ports").stream()
                .anyMatch(declared -> declared.text("containerPort").equals(port)
                        || declared.text("name").equals(port));
    }

    private static String failure(ContainerView container, String probe) {
        String spoken = probe.substring(0, probe.indexOf("Probe"));
        String begin = spoken.substring(0, 1).toUpperCase(Locale.ROOT) + spoken.substring(1) + " probe";
        return container.events().stream()
                .filter(event -> event.says("Unhealthy", begin))
                .map(EventView::message)
                .findFirst()
                .orElse("");
    }
}
