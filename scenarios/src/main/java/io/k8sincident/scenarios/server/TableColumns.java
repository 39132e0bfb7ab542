package io.k8sincident.scenarios.server;

import static io.k8sincident.scenarios.server.Tables.Column.number;
import static io.k8sincident.scenarios.server.Tables.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.server.Tables.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns that the API server prints for the kinds that people look at most. */
final class TableColumns {
    private static final Column NAME = text("Name", Meta::name);
    private static final Column AGE =
            text("Age", object -> Ages.since(Json.text(object, "metadata", "creationTimestamp")));

    private static final Map<String, List<Column>> COLUMNS = Map.of(
            "Pod",
            List.of(
                    NAME,
                    text("Ready", PodCells::ready),
                    text("Status", PodCells::status),
                    text("Restarts", PodCells::restarts),
                    AGE,
                    text("IP", pod -> orNone(Json.text(pod, "status", "podIP"))).wide(),
                    text("Node", pod -> orNone(Json.text(pod, "spec", "nodeName")))
                            .wide()),
            "Deployment",
            List.of(
                    NAME,
                    text("Ready", d -> count(d, "status", "readyReplicas") + "/" + count(d, "spec", "replicas")),
                    number("Up-to-date", d -> count(d, "status", "updatedReplicas")),
                    number("Available", d -> count(d, "status", "availableReplicas")),
                    AGE,
                    text("Containers", d -> containers(d, "name")).wide(),
                    text("Images", d -> containers(d, "image")).wide(),
                    text("Selector", d -> labels(Json.at(d, "spec", "selector", "matchLabels")))
                            .wide()),
            "ReplicaSet",
            List.of(
                    NAME,
                    number("Desired", r -> count(r, "spec", "replicas")),
                    number("Current", r -> count(r, "status", "replicas")),
                    number("Ready", r -> count(r, "status", "readyReplicas")),
                    AGE,
                    text("Containers", d -> containers(d, "name")).wide(),
                    text("Images", d -> containers(d, "image")).wide()),
            "Event",
            List.of(
                    text("Last Seen", e -> Ages.since(Json.text(e, "lastTimestamp"))),
                    text("Type", e -> Json.text(e, "type")),
                    text("Reason", e -> Json.text(e, "reason")),
                    text("Object", TableColumns::involved),
                    text("Message", e -> Json.text(e, "message"))),
            "Service",
            List.of(
                    NAME,
                    text("Type", s -> Json.text(s, "spec", "type")),
                    text("Cluster-IP", s -> orNone(Json.text(s, "spec", "clusterIP"))),
                    text("External-IP", s -> "<none>"),
                    text("Port(s)", TableColumns::ports),
                    AGE,
                    text("Selector", s -> labels(Json.at(s, "spec", "selector")))
                            .wide()),
            "Node",
            List.of(
                    NAME,
                    text("Status", TableColumns::nodeStatus),
                    text("Roles", n -> "<none>"),
                    AGE,
                    text("Version", n -> Json.text(n, "status", "nodeInfo", "kubeletVersion"))),
            "Namespace",
            List.of(NAME, text("Status", n -> Json.text(n, "status", "phase")), AGE),
            "ConfigMap",
            List.of(NAME, number("Data", c -> c.path("data").size()), AGE),
            "Secret",
            List.of(
                    NAME,
                    text("Type", s -> Json.text(s, "type")),
                    number("Data", s -> s.path("data").size()),
                    AGE),
            "Job",
            List.of(
                    NAME,
                    text("Completions", j -> count(j, "status", "succeeded") + "/" + count(j, "spec", "completions")),
                    text("Duration", j -> ""),
                    AGE));
    private static final List<Column> PLAIN = List.of(NAME, AGE);

    private TableColumns() {}

    static List<Column> of(ResourceType type) {
        return COLUMNS.getOrDefault(type.kind(), PLAIN);
    }

    private static int count(ObjectNode object, String... path) {
        return Json.at(object, path).asInt(0);
    }

    private static String containers(ObjectNode workload, String field) {
        return Json.objects(Json.at(workload, "spec", "template", "spec", "containers")).stream()
                .map(container -> Json.text(container, field))
                .collect(Collectors.joining(","));
    }

    private static String labels(JsonNode labels) {
        return orNone(Json.strings(labels).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",")));
    }

    private static String involved(ObjectNode event) {
        return Json.text(event, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT) + "/"
                + Json.text(event, "involvedObject", "name");
    }

    private static String ports(ObjectNode service) {
        return orNone(Json.objects(Json.at(service, "spec", "ports")).stream()
                .map(port -> Json.text(port, "port") + "/" + Json.text(port, "protocol"))
                .collect(Collectors.joining(",")));
    }

    private static String nodeStatus(ObjectNode node) {
        boolean ready = Json.objects(Json.at(node, "status", "conditions")).stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
        boolean cordoned = Json.at(node, "spec", "unschedulable").asBoolean(false);
        return (ready ? "Ready" : "NotReady") + (cordoned ? ",SchedulingDisabled" : "");
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }
}
