package io.k8sincident.activities.investigation;

import io.k8sincident.activities.approval.Requesters;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Diagnoses;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Target;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Collects evidence and diagnoses it in one activity. What a cluster refuses to show leads to an abstention that says
 * what is missing; what a later try may get fails the activity with a retryable code. Thread-safe.
 */
public final class EvidenceActivityImpl implements EvidenceActivity {
    private final ClusterName name;
    private final SnapshotSource source;
    private final Diagnostician diagnostician;
    private final BlobStore blobs;
    private final AuditTrail trail;
    private final Clock clock;

    /** What was collected is recorded in the trail before it is answered. */
    public EvidenceActivityImpl(
            ClusterName name,
            SnapshotSource source,
            Diagnostician diagnostician,
            BlobStore blobs,
            AuditTrail trail,
            Clock clock) {
        this.name = name;
        this.source = source;
        this.diagnostician = diagnostician;
        this.blobs = blobs;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public Investigation collect(String incident, IncidentRequest request) {
        return ActivityFailures.translated(() -> {
            Target target = request.target();
            requireOurs(incident, request);
            Snapshot snapshot = snapshot(target).remembering(ReadyRevisions.seen(trail, incident));
            Investigation investigation = Brief.investigation(
                    asRead(snapshot, target),
                    snapshot,
                    blobs.put(Snapshots.toBytes(snapshot)),
                    diagnosis(snapshot, target).orElse(null));
            trail.append(TrailEntry.of(incident, "", ReadyRevisions.EVENT, detail(request, investigation, snapshot)));
            return investigation;
        });
    }

    @Override
    public void awaitRecovery(String incident, IncidentRequest request) {
        Optional<Diagnosis> diagnosis = ActivityFailures.translated(() -> {
            Snapshot snapshot = source.take(Scope.of(request.target()));
            return diagnosis(snapshot, request.target());
        });
        diagnosis.ifPresent(found -> {
            throw ApplicationFailure.newBuilder()
                    .setMessage("still failing: " + summary(found))
                    .setType(ErrorCode.NOT_YET_HEALTHY.name())
                    .setCategory(ApplicationErrorCategory.BENIGN)
                    .build();
        });
    }

    private void requireOurs(String incident, IncidentRequest request) {
        name.objection(incident, request.cluster(), request.target()).ifPresent(objection -> {
            throw new ClusterException(
                    ErrorCode.INVALID_INPUT,
                    "the incident is not one of this worker: " + objection
                            + ". Nothing was read or changed. Next: incident start with --cluster " + name.name()
                            + ", or a worker of the other cluster, in a Temporal namespace of its own");
        });
    }

    private Snapshot snapshot(Target target) {
        try {
            return source.take(Scope.of(target));
        } catch (ClusterException e) {
            if (e.code() != ErrorCode.CLUSTER_FORBIDDEN) {
                throw e;
            }
            return Abstention.nothingReadable(target, clock.instant(), e);
        }
    }

    private Optional<Diagnosis> diagnosis(Snapshot snapshot, Target target) {
        return Abstention.where(snapshot, target, Diagnoses.of(target, diagnostician.diagnose(snapshot)));
    }

    private static Map<String, String> detail(IncidentRequest request, Investigation investigation, Snapshot snapshot) {
        return Map.of(
                "target",
                investigation.target().path(),
                "mode",
                request.mode().name(),
                "requester",
                Requesters.claimed(request).describe(),
                "snapshotDigest",
                investigation.snapshotDigest(),
                "diagnosis",
                investigation.diagnosis() == null ? "healthy" : summary(investigation.diagnosis()),
                "gaps",
                String.join("; ", investigation.gaps()),
                ReadyRevisions.DETAIL,
                ReadyRevisions.in(snapshot));
    }

    private static String summary(Diagnosis diagnosis) {
        String cause = diagnosis.cause() == null ? "cause not known" : diagnosis.cause();
        return diagnosis.claims().isEmpty()
                ? cause
                : cause + ": " + diagnosis.claims().get(0).text();
    }

    private static Optional<Target> object(Snapshot snapshot, Target target) {
        String namespace = target.namespace() == null ? "" : target.namespace();
        return snapshot.find(target.kind(), namespace, target.name()).map(object -> target.withUid(object.uid()));
    }

    private static Target asRead(Snapshot snapshot, Target target) {
        return object(snapshot, target).orElse(target);
    }
}
