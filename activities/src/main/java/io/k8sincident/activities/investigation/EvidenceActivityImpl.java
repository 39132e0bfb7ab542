package io.k8sincident.activities.investigation;

import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Target;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Collects evidence and diagnoses it in one activity. What a cluster refuses to show leads to an abstention that says
 * what is missing; what a later try may get fails the activity with a retryable code. Thread-safe.
 */
public final class EvidenceActivityImpl implements EvidenceActivity {
    private final SnapshotSource source;
    private final Diagnostician diagnostician;
    private final BlobStore blobs;
    private final Clock clock;

    public EvidenceActivityImpl(SnapshotSource source, Diagnostician diagnostician, BlobStore blobs) {
        this(source, diagnostician, blobs, Clock.systemUTC());
    }

    EvidenceActivityImpl(SnapshotSource source, Diagnostician diagnostician, BlobStore blobs, Clock clock) {
        this.source = source;
        this.diagnostician = diagnostician;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public Investigation collect(String incident, IncidentRequest request) {
        Target target = request.target();
        Snapshot snapshot;
        try {
            snapshot = source.take(Scope.of(target));
        } catch (ClusterException e) {
            if (e.code() != ErrorCode.CLUSTER_FORBIDDEN) {
                throw failure(e);
            }
            snapshot = Abstention.nothingReadable(target, clock.instant(), e);
        }
        Optional<Diagnosis> diagnosis = Abstention.where(snapshot, target, mostRelevant(snapshot, target));
        return Brief.investigation(
                asRead(snapshot, target), snapshot, blobs.put(Snapshots.toBytes(snapshot)), diagnosis.orElse(null));
    }

    @Override
    public void awaitRecovery(String incident, IncidentRequest request) {
        if (!recovered(incident, request)) {
            throw ApplicationFailure.newBuilder()
                    .setMessage(request.target().kindName() + " has not recovered")
                    .setType(ErrorCode.NOT_YET_HEALTHY.name())
                    .setCategory(ApplicationErrorCategory.BENIGN)
                    .build();
        }
    }

    boolean recovered(String incident, IncidentRequest request) {
        Target target = request.target();
        try {
            Snapshot snapshot = source.take(Scope.of(target));
            return object(snapshot, target).isPresent()
                    && Abstention.where(snapshot, target, mostRelevant(snapshot, target))
                            .isEmpty();
        } catch (ClusterException e) {
            if (e.code() == ErrorCode.TARGET_NOT_FOUND) {
                return false;
            }
            throw failure(e);
        }
    }

    /** The diagnosis of the target itself, else of what reaches it, else any of its surroundings. */
    private Optional<Diagnosis> mostRelevant(Snapshot snapshot, Target target) {
        List<Diagnosis> diagnoses = diagnostician.diagnose(snapshot);
        return diagnoses.stream()
                .filter(diagnosis -> isAbout(diagnosis, target))
                .findFirst()
                .or(() -> diagnoses.stream()
                        .filter(diagnosis -> diagnosis.affected().contains(target.kindName())
                                || diagnosis.consequences().contains(target.kindName()))
                        .findFirst())
                .or(() -> diagnoses.stream().findFirst());
    }

    private static boolean isAbout(Diagnosis diagnosis, Target target) {
        Target about = diagnosis.target();
        return about != null && about.path().equals(target.path());
    }

    private static Optional<Target> object(Snapshot snapshot, Target target) {
        String namespace = target.namespace() == null ? "" : target.namespace();
        return snapshot.find(target.kind(), namespace, target.name()).map(object -> target.withUid(object.uid()));
    }

    private static Target asRead(Snapshot snapshot, Target target) {
        return object(snapshot, target).orElse(target);
    }

    private static ApplicationFailure failure(ClusterException e) {
        return ApplicationFailure.newBuilder()
                .setMessage(String.valueOf(e.getMessage()))
                .setType(e.code().name())
                .setNonRetryable(!e.code().retryable())
                .setCause(e)
                .build();
    }
}
