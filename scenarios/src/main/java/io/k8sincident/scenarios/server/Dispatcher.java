package io.k8sincident.scenarios.server;

import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.List;

/** Finds what answers a request. Thread-safe. */
final class Dispatcher {
    private final ObjectStore store;
    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final Scales scales;
    private final Evictions evictions;
    private final Logs logs;

    Dispatcher(ObjectStore store, Lifecycle lifecycle, LogSource logSource) {
        this.store = store;
        this.reads = new Reads(store);
        this.writes = new Writes(store, lifecycle);
        this.deletes = new Deletes(store, reads);
        this.scales = new Scales(reads, writes, lifecycle);
        this.evictions = new Evictions(store, reads, deletes);
        this.logs = new Logs(store, reads, logSource);
    }

    /** The answer; {@link StatusException} where it is refused. */
    Reply dispatch(ApiRequest request) {
        List<String> segments = request.segments();
        String first = segments.isEmpty() ? "" : segments.get(0);
        return switch (first) {
            case "version" -> Reply.json(200, Discovery.version());
            case "healthz", "livez", "readyz" -> Reply.text(200, "ok");
            case "openapi" -> openApi(segments);
            case "api" -> core(segments, request);
            case "apis" -> grouped(segments, request);
            default -> Reply.text(404, "404 page not found\n");
        };
    }

    private static Reply openApi(List<String> segments) {
        if (segments.size() == 2) {
            return Reply.json(200, segments.get(1).equals("v2") ? OpenApi.version2() : OpenApi.index());
        }
        return Reply.json(200, OpenApi.document(segments.subList(Math.min(2, segments.size()), segments.size())));
    }

    private Reply core(List<String> segments, ApiRequest request) {
        if (segments.size() == 1) {
            return Reply.json(200, Discovery.coreVersions());
        }
        String version = segments.get(1);
        return segments.size() == 2
                ? Reply.json(200, Discovery.resources("", version))
                : resource(ResourcePath.parse("", version, segments.subList(2, segments.size())), request);
    }

    private Reply grouped(List<String> segments, ApiRequest request) {
        return switch (segments.size()) {
            case 1 -> Reply.json(200, Discovery.groups());
            case 2 -> Reply.json(200, Discovery.namedGroup(segments.get(1)));
            case 3 -> Reply.json(200, Discovery.resources(segments.get(1), segments.get(2)));
            default ->
                segments.get(1).equals("authorization.k8s.io")
                        ? AccessReviews.review(segments.get(segments.size() - 1), request)
                        : resource(
                                ResourcePath.parse(
                                        segments.get(1), segments.get(2), segments.subList(3, segments.size())),
                                request);
        };
    }

    private Reply resource(ResourcePath path, ApiRequest request) {
        if (path.isCollection()) {
            return collection(path, request);
        }
        return switch (path.subresource()) {
            case "", "status" -> object(path, request);
            case "scale" ->
                switch (request.method()) {
                    case "GET" -> scales.get(path);
                    case "PUT" -> scales.update(path, request);
                    case "PATCH" -> scales.patch(path, request);
                    default -> throw StatusException.methodNotAllowed();
                };
            case "log" -> {
                requireMethod(request, "GET");
                yield logs.log(path, request);
            }
            case "eviction" -> {
                requireMethod(request, "POST");
                yield evictions.evict(path, request);
            }
            default -> throw StatusException.noSuchResource();
        };
    }

    private Reply collection(ResourcePath path, ApiRequest request) {
        return switch (request.method()) {
            case "GET" ->
                request.flag("watch") ? new WatchStream(store, reads, path, request) : reads.list(path, request);
            case "POST" -> {
                if (path.type().namespaced() && path.namespace().isEmpty()) {
                    throw StatusException.methodNotAllowed();
                }
                yield writes.create(path, request);
            }
            case "DELETE" -> deletes.deleteCollection(path, request);
            default -> throw StatusException.methodNotAllowed();
        };
    }

    private Reply object(ResourcePath path, ApiRequest request) {
        return switch (request.method()) {
            case "GET" ->
                request.flag("watch") ? new WatchStream(store, reads, path, request) : reads.get(path, request);
            case "PUT" -> writes.update(path, request);
            case "PATCH" -> writes.patch(path, request);
            case "DELETE" -> {
                if (!path.subresource().isEmpty()) {
                    throw StatusException.methodNotAllowed();
                }
                yield deletes.delete(path, request);
            }
            default -> throw StatusException.methodNotAllowed();
        };
    }

    private static void requireMethod(ApiRequest request, String method) {
        if (!request.method().equals(method)) {
            throw StatusException.methodNotAllowed();
        }
    }
}
