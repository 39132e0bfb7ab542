package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one target and its surroundings: at most {@link #MOST_READS} reads in three rounds, each round in parallel. First
 * the target and the events; then its pods and revisions; then what the pods that fail give reason to read.
 */
final class TargetReading {
    static final int MOST_READS = 8;
    private static final int MOST_EVENTS_READ = 1_000;
    private static final int MOST_EVENTS_KEPT = 300;

    private final ApiReader api;
    private final ListReader lists;
    private final Target target;
    private final Instant now;
    private final SnapshotDraft draft = new SnapshotDraft();
    private int reads;

    TargetReading(ApiReader api, Target target, Instant now) {
        this.api = api;
        this.lists = new ListReader(api);
        this.target = target;
        this.now = now;
    }

    /** @throws ClusterException if the target does not exist or cannot be read */
    SnapshotDraft read() {
        ReadKind kind = ReadKind.of(target.apiVersion(), target.kind())
                .orElseThrow(
                        () -> new ClusterException(
                                ErrorCode.INVALID_INPUT,
                                "Objects of kind " + target.apiVersion() + " " + target.kind()
                                        + " cannot be the target of an incident. Nothing was changed. Next: name the workload."));
        CompletableFuture<Listing> events = list(events());
        Resource object = target(kind);
        draft.add(object);

        List<CompletableFuture<Listing>> related =
                Relatives.of(kind, object).stream().map(this::list).toList();
        related.forEach(listing -> draft.add(listing.join()));
        keepEvents(events.join());

        FollowUps followUps = new FollowUps(draft, now, MOST_READS - reads);
        followUps.run(api);
        return draft;
    }

    private Resource target(ReadKind kind) {
        reads++;
        ApiAnswer answer = api.get(kind.object(target.namespace(), target.name()), ApiReader.JSON)
                .join();
        Optional<ObjectNode> object = answer.ok() ? answer.object() : Optional.empty();
        String where = target.namespace() == null ? "" : " in namespace " + target.namespace();
        return ListReader.resource(
                kind, object.orElseThrow(() -> api.failure(answer, kind.singular() + " " + target.name() + where)));
    }

    private ListRequest events() {
        if (target.namespace() == null) {
            return ListRequest.all(ReadKind.EVENT, null)
                    .where("involvedObject.name=" + target.name())
                    .atMost(MOST_EVENTS_READ);
        }
        return ListRequest.all(ReadKind.EVENT, target.namespace()).atMost(MOST_EVENTS_READ);
    }

    private CompletableFuture<Listing> list(ListRequest request) {
        reads++;
        return lists.read(request);
    }

    /** Events of the target and of what carries its name: pods that are gone still have theirs. */
    private void keepEvents(Listing events) {
        String prefix = target.name() + "-";
        List<Resource> kept = new ArrayList<>(events.objects().stream()
                .filter(event -> {
                    String name = event.fields().text("involvedObject", "name");
                    return name.equals(target.name()) || name.startsWith(prefix);
                })
                .sorted(Comparator.comparing(TargetReading::lastSeen).reversed())
                .toList());
        kept.stream().limit(MOST_EVENTS_KEPT).forEach(draft::add);
        events.gaps().forEach(draft::add);
    }

    private static Instant lastSeen(Resource event) {
        Fields fields = event.fields();
        return fields.time("lastTimestamp")
                .or(() -> fields.time("series", "lastObservedTime"))
                .or(() -> fields.time("eventTime"))
                .or(() -> fields.time("metadata", "creationTimestamp"))
                .orElse(Instant.EPOCH);
    }
}
