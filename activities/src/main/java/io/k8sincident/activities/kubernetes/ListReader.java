package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads lists page by page (limit and continue, Kubernetes API concepts) up to a bound, and cleans what it reads. What
 * fails or is cut off becomes a gap. Thread-safe.
 */
final class ListReader {
    private static final int NOT_SERVED = 404;
    /** Each server has these; others may be newer than it. */
    private static final Set<String> ALWAYS_SERVED = Set.of("v1", "apps/v1");

    private final ApiReader api;

    ListReader(ApiReader api) {
        this.api = api;
    }

    CompletableFuture<Listing> read(ListRequest request) {
        return page(request, "", new ArrayList<>(), new SharedNodes());
    }

    private CompletableFuture<Listing> page(
            ListRequest request, String token, List<Resource> read, SharedNodes shared) {
        return api.get(request.path(token), request.accept()).thenCompose(answer -> {
            Optional<ObjectNode> list = answer.ok() ? answer.list() : Optional.empty();
            if (list.isEmpty()) {
                boolean unknownKind = answer.code() == NOT_SERVED
                        && token.isEmpty()
                        && !ALWAYS_SERVED.contains(request.kind().apiVersion());
                return completed(request, read, unknownKind ? List.of() : List.of(request.gap(answer.problem())));
            }
            boolean crowd = request.kind() == ReadKind.POD && request.selectsAll();
            for (JsonNode item : list.get().path("items")) {
                if (item instanceof ObjectNode object) {
                    read.add(crowd ? ofCrowd(object, shared) : resource(request.kind(), object));
                }
            }
            String next = list.get().path("metadata").path("continue").asText();
            if (next.isEmpty()) {
                return completed(request, read, List.of());
            }
            if (read.size() >= request.most()) {
                String why = "there are more than the " + request.most() + " that are read at most";
                return completed(request, read, List.of(request.gap(why)));
            }
            return page(request, next, read, shared);
        });
    }

    /** The objects of one page, cleaned. */
    static Listing listing(ReadKind kind, ObjectNode page) {
        List<Resource> objects = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            if (item instanceof ObjectNode object) {
                objects.add(resource(kind, object));
            }
        }
        return new Listing(objects, List.of(), Set.of(kind));
    }

    private static Resource ofCrowd(ObjectNode pod, SharedNodes shared) {
        boolean thin = ThinPod.thin(pod);
        Resource resource = resource(ReadKind.POD, pod);
        if (thin && resource.fields().json() instanceof ObjectNode cleaned) {
            shared.share(cleaned);
        }
        return resource;
    }

    /** Items of a list do not say what they are. */
    static Resource resource(ReadKind kind, ObjectNode object) {
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        return Resource.of(Redactor.object(object));
    }

    private static CompletableFuture<Listing> completed(ListRequest request, List<Resource> read, List<Gap> gaps) {
        boolean whole = gaps.isEmpty() && request.selectsAll();
        return CompletableFuture.completedFuture(new Listing(read, gaps, whole ? Set.of(request.kind()) : Set.of()));
    }
}
