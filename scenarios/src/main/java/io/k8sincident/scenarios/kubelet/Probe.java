package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.List;
import java.util.Optional;

/** One probe of a container: when it is due, and how its results add up. */
final class Probe {
    /** What a probe's latest results say. */
    enum Verdict {
        UNKNOWN,
        SUCCESS,
        FAILURE
    }

    private final JsonNode spec;
    private double nextAt;
    private int successes;
    private int failures;
    private Verdict verdict = Verdict.UNKNOWN;

    private Probe(JsonNode spec) {
        this.spec = spec;
    }

    static Optional<Probe> of(ObjectNode container, String field) {
        JsonNode spec = container.path(field);
        return spec.isObject() ? Optional.of(new Probe(spec)) : Optional.empty();
    }

    void restart(double now) {
        nextAt = now + Math.max(spec.path("initialDelaySeconds").asDouble(0), 0);
        successes = 0;
        failures = 0;
        verdict = Verdict.UNKNOWN;
    }

    boolean isDue(double now) {
        return now >= nextAt;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Probes; returns why it failed, or empty where it succeeded. */
    Optional<String> run(ContainerRun run, ObjectNode container, String podIp, double now) {
        nextAt = now + Math.max(1, spec.path("periodSeconds").asDouble(10));
        Optional<String> problem = attempt(run, container, podIp, now);
        if (problem.isEmpty()) {
            failures = 0;
            if (++successes >= spec.path("successThreshold").asInt(1)) {
                verdict = Verdict.SUCCESS;
            }
        } else {
            successes = 0;
            if (++failures >= spec.path("failureThreshold").asInt(3)) {
                verdict = Verdict.FAILURE;
            }
        }
        return problem;
    }

    private Optional<String> attempt(ContainerRun run, ObjectNode container, String podIp, double now) {
        double age = run.age(now);
        if (spec.has("httpGet")) {
            int port = port(container, Json.at(spec, "httpGet", "port"));
            String path = Json.text(spec, "httpGet", "path");
            Optional<Integer> status = run.timeline().httpStatus(port, path, age);
            if (status.isEmpty()) {
                return Optional.of("Get \"http://" + podIp + ":" + port + path + "\": " + refused(podIp, port));
            }
            run.logRequest(status.get());
            return status.get() < 400
                    ? Optional.empty()
                    : Optional.of("HTTP probe failed with statuscode: " + status.get());
        }
        if (spec.has("tcpSocket")) {
            int port = port(container, Json.at(spec, "tcpSocket", "port"));
            boolean open = run.timeline().httpStatus(port, "/", age).isPresent();
            return open ? Optional.empty() : Optional.of(refused(podIp, port));
        }
        return spec.has("exec") ? exec(run, Json.texts(Json.at(spec, "exec", "command")), age) : Optional.empty();
    }

    /** Commands that look at a file are understood; all others succeed. */
    private static Optional<String> exec(ContainerRun run, List<String> command, double age) {
        String last = command.isEmpty() ? "" : command.get(command.size() - 1);
        String file = last.equals("]") ? command.get(Math.max(0, command.size() - 2)) : last;
        String program =
                command.isEmpty() ? "" : command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
        boolean looks = List.of("cat", "test", "[", "ls", "stat").contains(program);
        if (program.equals("false") || (looks && !run.timeline().hasFile(file, age))) {
            return Optional.of(
                    program.equals("cat") ? "cat: can't open '" + file + "': No such file or directory\n" : "");
        }
        return Optional.empty();
    }

    private static int port(ObjectNode container, JsonNode port) {
        if (port.canConvertToInt()) {
            return port.asInt();
        }
        return Json.objects(container.path("ports")).stream()
                .filter(candidate -> Json.text(candidate, "name").equals(port.asText()))
                .mapToInt(candidate -> candidate.path("containerPort").asInt())
                .findFirst()
                .orElse(0);
    }

    private static String refused(String podIp, int port) {
        return "dial tcp " + podIp + ":" + port + ": connect: connection refused";
    }
}
