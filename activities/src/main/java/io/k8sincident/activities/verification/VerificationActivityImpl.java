package io.k8sincident.activities.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.activities.kubernetes.ListedKind;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.workflows.activity.VerificationActivity;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stateless look at the repaired workload. Ages are taken by the API server's clock, so that a worker whose clock is
 * wrong neither recovers a workload early nor gives it up. Thread-safe.
 */
public final class VerificationActivityImpl implements VerificationActivity {
    private final ObjectReader cluster;
    private final BlobStore blobs;
    private final AuditTrail trail;
    private final Clock clock;

    public VerificationActivityImpl(ObjectReader cluster, BlobStore blobs, AuditTrail trail, Clock clock) {
        this.cluster = cluster;
        this.blobs = blobs;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public Verification verify(VerificationRequest request) {
        return ActivityFailures.translated(() -> {
            Verification verification = look(request);
            trail.append(TrailEntry.of(
                    request.incident(),
                    "",
                    "verified",
                    Map.of(
                            "planDigest", request.planDigest(),
                            "recovered", Boolean.toString(verification.recovered()),
                            "message", verification.message())));
            return verification;
        });
    }

    private Verification look(VerificationRequest request) {
        Plan plan = new Plans(blobs)
                .find(request.planDigest())
                .orElseThrow(() -> new ClusterException(
                        ErrorCode.INVALID_INPUT,
                        "the plan " + request.planDigest() + " is not in the blob store, or was changed there. Nothing"
                                + " was verified. Next: look at the workload with kubectl get"));
        try {
            return recovered(plan, request.since());
        } catch (NotRecoveredException e) {
            return new Verification(false, "not recovered: " + e.getMessage(), List.of(), clock.instant());
        } catch (WaitingException e) {
            Instant over = request.since().plus(plan.verification().giveUpAfter());
            if (clock.instant().isBefore(over)) {
                throw notYet("not recovered yet: " + e.getMessage());
            }
            return new Verification(
                    false,
                    "not recovered within " + plan.verification().giveUpAfter().toSeconds() + " s: " + e.getMessage(),
                    List.of(),
                    clock.instant());
        }
    }

    private Verification recovered(Plan plan, Instant since) {
        Optional<ObjectNode> workload = cluster.get(plan.target());
        Look look = new Look(
                plan,
                Duration.between(since, clock.instant()),
                cluster.serverTime().orElseGet(clock::instant));
        WorkloadCheck.check(look, workload, expected(plan));
        List<Resource> pods = PlannedPods.of(look, Resource.of(workload.orElseThrow()), cluster);
        PodCheck.check(look, pods);
        WarningCheck.check(look, pods, cluster.list(ListedKind.EVENT, look.namespace(), ""));
        List<String> observations = new ArrayList<>();
        observations.add(pods.size() + " pods with the planned template ready for "
                + look.hold().toSeconds() + " s without a restart");
        observations.add(
                "no new Warning of " + String.join(", ", look.expected().warnings()));
        observations.addAll(services(look, pods));
        return new Verification(true, "recovered: " + observations.get(0), observations, clock.instant());
    }

    private List<String> services(Look look, List<Resource> pods) {
        try {
            return ServiceCheck.check(
                            pods,
                            cluster.list(ListedKind.SERVICE, look.namespace(), ""),
                            cluster.list(ListedKind.ENDPOINT_SLICE, look.namespace(), ""))
                    .stream()
                    .map(name -> "Service/" + name + " has ready endpoints of them")
                    .toList();
        } catch (ClusterException e) {
            if (e.code() != ErrorCode.CLUSTER_FORBIDDEN) {
                throw e;
            }
            return List.of("Services were not checked: " + e.getMessage());
        }
    }

    private Optional<ObjectImage> expected(Plan plan) {
        PlannedAction last = plan.actions().get(plan.actions().size() - 1);
        return ObjectImage.load(blobs, last.postImageDigest());
    }

    private static ApplicationFailure notYet(String message) {
        return ApplicationFailure.newBuilder()
                .setMessage(message)
                .setType(ErrorCode.NOT_YET_HEALTHY.name())
                .setCategory(ApplicationErrorCategory.BENIGN)
                .build();
    }
}
