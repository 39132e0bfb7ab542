package io.k8sincident.activities.diagnosis.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;

/** An owner that was not read: all that is known of it is what the owner reference says. */
final class UnreadOwner {
    private UnreadOwner() {}

    static Resource of(String namespace, Fields reference) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", reference.text("apiVersion"));
        object.put("kind", reference.text("kind"));
        object.putObject("metadata")
                .put("namespace", namespace)
                .put("name", reference.text("name"))
                .put("uid", reference.text("uid"));
        return Resource.of(object);
    }
}
