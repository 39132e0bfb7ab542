package io.k8sincident.activities.advice;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Diagnoses;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.failure.ActivityFailures;
import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Diagnoses a stored snapshot again, as planning does, and has a model advise on it. Thread-safe. */
public final class AdviceActivityImpl implements AdviceActivity {
    /** The trail's event. */
    public static final String EVENT = "advice";

    private final Advisor advisor;
    private final String model;
    private final BlobStore blobs;
    private final Function<byte[], Snapshot> snapshots;
    private final Diagnostician diagnostician;
    private final AuditTrail trail;

    /**
     * Advises with these.
     *
     * @param model what it is called where it could not be asked
     * @param snapshots reads what the evidence activity stored
     * @param diagnostician the same that plans
     */
    public AdviceActivityImpl(
            Advisor advisor,
            String model,
            BlobStore blobs,
            Function<byte[], Snapshot> snapshots,
            Diagnostician diagnostician,
            AuditTrail trail) {
        this.advisor = advisor;
        this.model = model;
        this.blobs = blobs;
        this.snapshots = snapshots;
        this.diagnostician = diagnostician;
        this.trail = trail;
    }

    @Override
    public Advice advise(AdviceRequest request) {
        return ActivityFailures.translated(() -> {
            Advice advice = advice(request);
            trail.append(TrailEntry.of(request.incident(), request.runId(), EVENT, detail(request, advice)));
            return advice;
        });
    }

    private Advice advice(AdviceRequest request) {
        Optional<Snapshot> snapshot = blobs.get(request.snapshotDigest()).map(snapshots);
        if (snapshot.isEmpty()) {
            return none("the evidence " + request.snapshotDigest()
                    + " is not in the blob store, or was changed there; the model was not asked");
        }
        Optional<Diagnosis> diagnosis = Diagnoses.of(request.target(), diagnostician.diagnose(snapshot.get()));
        if (diagnosis.isEmpty()) {
            return none("nothing in the evidence is in trouble; the model was not asked");
        }
        ActivityExecutionContext context = Activity.getExecutionContext();
        return advisor.advise(snapshot.get(), diagnosis.get(), progress -> context.heartbeat(progress.tokens()));
    }

    private Advice none(String reason) {
        return Advice.unavailable(model, Duration.ZERO, reason);
    }

    private static Map<String, String> detail(AdviceRequest request, Advice advice) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("snapshotDigest", request.snapshotDigest());
        detail.put("status", advice.status().name());
        detail.put("model", advice.model());
        detail.put("promptDigest", String.valueOf(advice.promptDigest()));
        detail.put("answerDigest", String.valueOf(advice.answerDigest()));
        detail.put("tookMillis", Long.toString(advice.took().toMillis()));
        detail.put("promptTokens", Integer.toString(advice.promptTokens()));
        detail.put("answerTokens", Integer.toString(advice.answerTokens()));
        detail.put("kept", Integer.toString(advice.kept()));
        detail.put(
                "dropped",
                advice.dropped().entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", ")));
        detail.put("agreement", advice.agreement().name());
        detail.put("reason", advice.reason());
        return detail;
    }
}
