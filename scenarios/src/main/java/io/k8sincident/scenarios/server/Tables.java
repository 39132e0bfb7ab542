package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.util.List;
import java.util.function.Function;

/**
 * A resource's table: what {@code kubectl get} prints.
 *
 * @param columns the columns from left to right
 */
record Tables(List<Column> columns) {
    /** One column; a priority above 0 is shown only with {@code -o wide}. */
    record Column(String name, int priority, Function<ObjectNode, JsonNode> value) {
        static Column text(String name, Function<ObjectNode, String> value) {
            return new Column(
                    name, 0, object -> Json.array().add(value.apply(object)).path(0));
        }

        static Column number(String name, Function<ObjectNode, Integer> value) {
            return new Column(
                    name, 0, object -> Json.array().add(value.apply(object)).path(0));
        }

        Column wide() {
            return new Column(name, 1, value);
        }
    }

    Tables {
        columns = List.copyOf(columns);
    }

    static Tables of(ResourceType type) {
        return new Tables(TableColumns.of(type));
    }

    ObjectNode table(List<ObjectNode> items, ObjectNode metadata) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.set("metadata", metadata);
        var definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", "string")
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.priority());
        }
        var rows = table.putArray("rows");
        for (ObjectNode item : items) {
            ObjectNode row = rows.addObject();
            var cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.value().apply(item)));
            row.set("object", View.metadata(item));
        }
        if (Meta.resourceVersion(table).isEmpty() && items.size() == 1) {
            Json.childObject(table, "metadata").put("resourceVersion", Meta.resourceVersion(items.get(0)));
        }
        return table;
    }
}
