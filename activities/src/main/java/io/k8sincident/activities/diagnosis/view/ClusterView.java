package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot with its indexes: objects by name and uid, dependants by owner, events by the object they are about, logs by
 * container. Built in one pass, so that no rule has to search. Immutable after construction.
 */
public final class ClusterView {
    private final Snapshot snapshot;
    private final Map<String, List<Resource>> byKind = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final Map<String, Resource> byUid = new HashMap<>();
    private final Map<String, List<Resource>> dependants = new HashMap<>();
    private final Map<String, List<EventView>> events = new HashMap<>();
    private final Map<String, ContainerLog> logs = new HashMap<>();

    public ClusterView(Snapshot snapshot) {
        this.snapshot = snapshot;
        for (Resource object : snapshot.objects()) {
            byKind.computeIfAbsent(object.kind(), kind -> new ArrayList<>()).add(object);
            byName.putIfAbsent(key(object), object);
            if (!object.uid().isEmpty()) {
                byUid.putIfAbsent(object.uid(), object);
            }
        }
        snapshot.objects()
                .forEach(object -> owner(object)
                        .ifPresent(owner -> dependants
                                .computeIfAbsent(key(owner), key -> new ArrayList<>())
                                .add(object)));
        all("Event").stream().map(EventView::new).forEach(this::index);
        events.values().forEach(list -> list.sort(EventView.NEWEST_FIRST));
        snapshot.logs()
                .forEach(log ->
                        logs.putIfAbsent(logKey(log.namespace(), log.pod(), log.container(), log.previous()), log));
    }

    private void index(EventView event) {
        events.computeIfAbsent(
                        event.uid().isEmpty() ? key(event.kind(), event.namespace(), event.name()) : event.uid(),
                        key -> new ArrayList<>())
                .add(event);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** When the snapshot was taken; all ages are relative to it. */
    public Instant takenAt() {
        return snapshot.takenAt();
    }

    /** All objects of a kind, in order. */
    public List<Resource> all(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The object of this kind and name; the namespace is empty for cluster-scoped kinds. */
    public Optional<Resource> find(String kind, String namespace, String name) {
        return Optional.ofNullable(byName.get(key(kind, namespace, name)));
    }

    /** Whether all objects of a kind were readable, and there is no such object: it does not exist. */
    public boolean absent(String kind, String namespace, String name) {
        return !name.isEmpty()
                && snapshot.complete(kind)
                && find(kind, namespace, name).isEmpty();
    }

    /** The controlling owner; one that was not read is known by what the reference says of it. */
    public Optional<Resource> owner(Resource object) {
        return object.controller()
                .filter(reference -> !reference.text("name").isEmpty())
                .map(reference -> byReference(object, reference));
    }

    private Resource byReference(Resource object, Fields reference) {
        Resource byUidOrNull = byUid.get(reference.text("uid"));
        if (byUidOrNull != null) {
            return byUidOrNull;
        }
        String kind = reference.text("kind");
        Resource named = byName.get(key(kind, object.namespace(), reference.text("name")));
        if (named != null && (named.uid().isEmpty() || reference.text("uid").isEmpty())) {
            return named;
        }
        return UnreadOwner.of(object.namespace(), reference);
    }

    /** The last in the chain of controlling owners, Nodes (of static pods) aside; the object itself if it has none. */
    public Resource topOwner(Resource object) {
        Resource top = object;
        for (int depth = 0; depth < 8; depth++) {
            Optional<Resource> owner = owner(top);
            if (owner.isEmpty() || owner.get().kind().equals("Node")) {
                return top;
            }
            top = owner.get();
        }
        return top;
    }

    /** What this object controls, in order. */
    public List<Resource> dependants(Resource owner) {
        return dependants.getOrDefault(key(owner), List.of());
    }

    /** The events about this object, newest first; about its uid where both are known, else about its name. */
    public List<EventView> events(Resource object) {
        return object.uid().isEmpty()
                ? events.getOrDefault(key(object), List.of())
                : events.getOrDefault(object.uid(), events.getOrDefault(key(object), List.of()));
    }

    /** The log of a container, or why there is none; empty if it was not asked for. */
    public Optional<ContainerLog> log(Resource pod, String container, boolean previous) {
        return Optional.ofNullable(logs.get(logKey(pod.namespace(), pod.name(), container, previous)));
    }

    private static String key(Resource object) {
        return key(object.kind(), object.namespace(), object.name());
    }

    private static String key(String kind, String namespace, String name) {
        return kind + "\n" + namespace + "\n" + name;
    }

    private static String logKey(String namespace, String pod, String container, boolean previous) {
        return namespace + "\n" + pod + "\n" + container + "\n" + previous;
    }
}
