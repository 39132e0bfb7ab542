package io.k8sincident.activities.execution;

import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Change;
import io.k8sincident.activities.plan.ChangeRefusedException;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Execution.Status;
import java.util.Optional;

/** What an approved action asks of the API server, what puts back what was there before, and how both are recognised. */
final class Requests {
    private final ClusterWriter cluster;
    private final BlobStore blobs;
    private final Intents intents;

    Requests(ClusterWriter cluster, BlobStore blobs, Intents intents) {
        this.cluster = cluster;
        this.blobs = blobs;
        this.intents = intents;
    }

    /** @throws HaltedException if it cannot be made any more */
    Request of(ApprovedAction approved) {
        Optional<ObjectImage> preImage =
                ObjectImage.load(blobs, approved.planned().preImageDigest());
        Expectation unchanged = live -> Drift.from(
                approved.target().uid(),
                approved.generation(),
                approved.planned().preImageDigest(),
                preImage,
                live);
        if (approved.planned().action() instanceof Action.EvictPod evict) {
            requireAlone(approved);
            return new EvictionRequest(cluster, approved.mark(), evict, unchanged);
        }
        return new PatchRequest(
                cluster,
                approved.mark(),
                approved.target(),
                () -> sent(approved, approved.mark()),
                unchanged,
                change(approved));
    }

    /**
     * Only where the object still is what our write made of it, be it that a later action of the plan was put back since.
     *
     * @throws HaltedException if there is nothing that could be put back
     */
    Request restorationOf(ApprovedAction approved) {
        if (!approved.planned().action().canBePutBack()) {
            throw new HaltedException(Status.REFUSED, "what was done cannot be undone");
        }
        ObjectImage preImage = ObjectImage.load(blobs, approved.planned().preImageDigest())
                .orElseThrow(() ->
                        new HaltedException(Status.NOT_APPLIED, "the state before is not in the blob store any more"));
        String applied = intents.newest(approved.request().incident(), approved.mark())
                .flatMap(intents::answer)
                .map(answer -> answer.detail("image"))
                .filter(image -> !image.isEmpty())
                .orElse(approved.planned().postImageDigest());
        Optional<ObjectImage> postImage =
                ObjectImage.load(blobs, approved.planned().postImageDigest());
        return new PatchRequest(
                cluster,
                approved.restorationMark(),
                approved.target(),
                () -> sent(approved, approved.restorationMark()),
                live -> PatchTrace.markOf(live).startsWith(approved.request().planDigest() + "/")
                        ? Drift.fromImage(applied, postImage, live)
                        : Optional.of("its last change is not ours"),
                object -> object.setAll(preImage.putBack(object)));
    }

    private boolean sent(ApprovedAction approved, String mark) {
        return intents.newest(approved.request().incident(), mark).isPresent();
    }

    /** By what the action, or putting back what was there before it, is recognised afterwards. */
    Trace traceOf(ApprovedAction approved) {
        return approved.planned().action() instanceof Action.EvictPod evict
                ? new EvictionTrace(cluster, evict.podTarget())
                : new PatchTrace(cluster, approved.target());
    }

    /** Later actions are bound to a generation that an eviction does not count up, and one pod at a time is enough. */
    private static void requireAlone(ApprovedAction approved) {
        if (approved.plan().actions().size() != 1) {
            throw new HaltedException(Status.REFUSED, "the plan does more than to evict one pod");
        }
    }

    private Change change(ApprovedAction approved) {
        try {
            return Change.of(approved.planned().action(), cluster);
        } catch (ChangeRefusedException e) {
            throw new HaltedException(Status.STALE, String.valueOf(e.getMessage()));
        } catch (ClusterException e) {
            throw new HaltedException(Status.NOT_APPLIED, String.valueOf(e.getMessage()));
        }
    }
}
