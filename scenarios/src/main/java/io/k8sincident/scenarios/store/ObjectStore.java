package io.k8sincident.scenarios.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All objects, one counter of versions, and the latest changes for watches. Thread-safe: every write is atomic, and
 * what is returned is shared and must not be changed.
 */
public final class ObjectStore {
    /** How many changes are kept; a watch from before the oldest one is answered with 410. */
    public static final int HISTORY = 2_000;

    private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final ArrayDeque<StoreEvent> history = new ArrayDeque<>();
    private long version = 1;
    private long forgotten;

    /** The object, if it is there. */
    public synchronized Optional<ObjectNode> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** All objects of a type, of one namespace or (empty) of all, in the order of their names. */
    public synchronized Listing list(ResourceType type, String namespace) {
        ObjectKey from = new ObjectKey(type, namespace, "");
        List<ObjectNode> items = new ArrayList<>();
        for (var entry : objects.tailMap(from, true).entrySet()) {
            ObjectKey key = entry.getKey();
            if (!key.type().equals(type)
                    || (!namespace.isEmpty() && !key.namespace().equals(namespace))) {
                break;
            }
            items.add(entry.getValue());
        }
        return new Listing(version, items);
    }

    /** Applies the change and stores its result; an equal result changes nothing. Returns what is stored then. */
    public synchronized @Nullable ObjectNode write(ObjectKey key, Change change) {
        ObjectNode before = objects.get(key);
        ObjectNode after = change.apply(before);
        if (after == null) {
            if (before != null) {
                objects.remove(key);
                ObjectNode last = Meta.shallowCopy(before);
                stamp(last);
                record(new StoreEvent(version, key, Optional.of(last), Optional.empty()));
            }
            return null;
        }
        if (after.equals(before)) {
            return before;
        }
        stamp(after);
        objects.put(key, after);
        record(new StoreEvent(version, key, Optional.ofNullable(before), Optional.of(after)));
        return after;
    }

    /** What {@link #write} would store, without storing it or counting a version. */
    public synchronized @Nullable ObjectNode preview(ObjectKey key, Change change) {
        return change.apply(objects.get(key));
    }

    /** The newest version. */
    public synchronized long version() {
        return version;
    }

    /** The changes after a version, oldest first; 410 where some of them are forgotten. */
    public synchronized List<StoreEvent> eventsAfter(long from) {
        if (from < forgotten) {
            throw StatusException.expired("too old resource version: " + from + " (" + (forgotten + 1) + ")");
        }
        List<StoreEvent> events = new ArrayList<>();
        for (var newest = history.descendingIterator(); newest.hasNext(); ) {
            StoreEvent event = newest.next();
            if (event.version() <= from) {
                break;
            }
            events.add(0, event);
        }
        return events;
    }

    /** Waits until there is a change after a version, or the time is over. Returns whether there is one. */
    public synchronized boolean awaitAfter(long from, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (version <= from) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Forgets all kept changes, as a compaction of etcd does: older watches are answered with 410. */
    public synchronized void compact() {
        history.clear();
        forgotten = version;
    }

    private void stamp(ObjectNode object) {
        version++;
        Json.childObject(object, "metadata").put("resourceVersion", Long.toString(version));
    }

    private void record(StoreEvent event) {
        history.addLast(event);
        if (history.size() > HISTORY) {
            forgotten = history.removeFirst().version();
        }
        notifyAll();
    }
}
