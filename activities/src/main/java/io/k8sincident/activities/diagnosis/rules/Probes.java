package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.evidence.Fields;
import java.util.List;
import java.util.Locale;

/** Which field of a probe is at fault, from the answer that the kubelet got. */
final class Probes {
    private static final List<String> HANDLERS = List.of("httpGet", "tcpSocket", "grpc");

    /** Of a gRPC probe (kubelet 1.23 to 1.36), whose client dials until its time is over: refused and not slow. */
    static final String NOT_REACHED = "failed to connect service";

    private Probes() {}

    /** {@code livenessProbe.httpGet.path} where the server answers and refuses, and so on; the probe if nothing says. */
    static String field(ContainerView container, String probe) {
        String message = failure(container, probe);
        Fields spec = container.spec().child(probe);
        boolean startup = probe.equals("startupProbe");
        if (message.contains("statuscode:") && spec.has("httpGet")) {
            boolean notYet = message.contains("statuscode: 5");
            return probe + (startup && notYet ? ".failureThreshold" : ".httpGet.path");
        }
        boolean reached = !message.contains(NOT_REACHED);
        if (reached && (message.contains("timed out") || message.contains("deadline exceeded"))) {
            return probe + ".timeoutSeconds";
        }
        for (String handler : HANDLERS) {
            if (spec.has(handler) && refused(message)) {
                return refusedField(container, probe, spec.text(handler, "port"), handler);
            }
        }
        return spec.has("exec") && !message.isEmpty() ? probe + ".exec.command" : probe;
    }

    private static boolean refused(String message) {
        return message.contains("connection refused")
                || message.contains("couldn't find port")
                || message.contains("no port with name")
                || message.contains(NOT_REACHED);
    }

    /** Nobody listens at the port: it is another one, or the container has not got that far. */
    private static String refusedField(ContainerView container, String probe, String port, String handler) {
        boolean others = !container.spec().list("ports").isEmpty();
        boolean named = !port.isEmpty() && !Character.isDigit(port.charAt(0));
        if (!portDeclared(container, port) && (others || named)) {
            return probe + "." + handler + ".port";
        }
        if (probe.equals("startupProbe")) {
            return probe + ".failureThreshold";
        }
        return probe.equals("livenessProbe") && !container.spec().has("startupProbe") && killedWhileStarting(container)
                ? probe + ".initialDelaySeconds"
                : probe + "." + handler + ".port";
    }

    /** Whether the newest run was not longer than the probe takes to give up from its start. */
    private static boolean killedWhileStarting(ContainerView container) {
        Fields probe = container.spec().child("livenessProbe");
        long patience = probe.number("initialDelaySeconds").orElse(0)
                + (probe.number("failureThreshold").orElse(3) + 1)
                        * probe.number("periodSeconds").orElse(10);
        long grace = container
                .pod()
                .resource()
                .fields()
                .number("spec", "terminationGracePeriodSeconds")
                .orElse(30);
        return container
                .ended()
                .flatMap(Termination::ran)
                .filter(ran -> ran.toSeconds() <= patience + grace)
                .isPresent();
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
