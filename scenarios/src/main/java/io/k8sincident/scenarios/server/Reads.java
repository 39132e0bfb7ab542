package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.selector.FieldSelector;
import io.k8sincident.scenarios.selector.LabelQuery;
import io.k8sincident.scenarios.selector.LabelSelector;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.Listing;
import io.k8sincident.scenarios.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Get and list. Thread-safe. */
final class Reads {
    private final ObjectStore store;

    Reads(ObjectStore store) {
        this.store = store;
    }

    /** The stored object, 404 where there is none. */
    ObjectNode stored(ResourcePath path) {
        return store.get(path.key()).orElseThrow(() -> StatusException.notFound(path.type(), path.name()));
    }

    Reply get(ResourcePath path, ApiRequest request) {
        return Reply.json(200, View.of(request.accept()).object(path.type(), stored(path)));
    }

    Reply list(ResourcePath path, ApiRequest request) {
        Listing listing = store.list(path.storedType(), path.namespace());
        List<ObjectNode> selected = select(path, request, listing.items());
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(listing.version()));
        String after = position(request.parameter("continue"));
        List<ObjectNode> items = selected.stream()
                .filter(item -> after.isEmpty() || place(item).compareTo(after) > 0)
                .toList();
        int limit = Math.toIntExact(
                Math.min(Integer.MAX_VALUE, request.number("limit").orElse(0L)));
        if (limit > 0 && items.size() > limit) {
            metadata.put("continue", token(items.get(limit - 1)));
            metadata.put("remainingItemCount", items.size() - limit);
            items = items.subList(0, limit);
        }
        return Reply.json(200, View.of(request.accept()).list(path.type(), items, metadata));
    }

    /** Those of the objects that the request's selectors select. */
    List<ObjectNode> select(ResourcePath path, ApiRequest request, List<ObjectNode> objects) {
        LabelSelector labels = LabelQuery.parse(request.parameter("labelSelector"));
        FieldSelector fields = FieldSelector.parse(path.type(), request.parameter("fieldSelector"));
        List<ObjectNode> selected = new ArrayList<>();
        for (ObjectNode object : objects) {
            boolean named = path.isCollection() || Meta.name(object).equals(path.name());
            if (named && labels.matches(Meta.labels(object)) && fields.matches(object)) {
                selected.add(object);
            }
        }
        return selected;
    }

    private static String place(ObjectNode object) {
        return Meta.namespace(object) + "/" + Meta.name(object);
    }

    private static String token(ObjectNode last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place(last).getBytes(StandardCharsets.UTF_8));
    }

    private static String position(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest("invalid continue token: continue key is not valid");
        }
    }
}
