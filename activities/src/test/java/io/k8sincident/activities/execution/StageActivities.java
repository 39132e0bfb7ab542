package io.k8sincident.activities.execution;

import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.activity.PlanningActivity;
import io.k8sincident.workflows.activity.RecordActivity;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.activity.VerificationActivity;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The real planning, ruling and execution of the remedy that is on; what is seen before and after is made up. */
final class StageActivities
        implements EvidenceActivity,
                PlanningActivity,
                RulingActivity,
                ExecutionActivity,
                VerificationActivity,
                RecordActivity {
    private volatile @Nullable Remedy on;
    private volatile boolean recovers;
    private final Queue<Runnable> beforeExecution = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> beforeSettling = new ConcurrentLinkedQueue<>();

    void set(Remedy remedy, boolean recovers) {
        this.on = remedy;
        this.recovers = recovers;
        beforeExecution.clear();
        beforeSettling.clear();
    }

    /** Happens when a decision was accepted and what it approves is about to be executed, if it comes to that. */
    void beforeExecution(Runnable change) {
        beforeExecution.add(change);
    }

    /** Happens when the answer to a write did not come, before somebody looks what became of it. */
    void beforeSettling(Runnable change) {
        beforeSettling.add(change);
    }

    private static void happen(Queue<Runnable> changes) {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
    }

    private Remedy remedy() {
        Remedy now = on;
        if (now == null) {
            throw new IllegalStateException("no remedy is on");
        }
        return now;
    }

    @Override
    public Investigation collect(String incident, IncidentRequest request) {
        Remedy remedy = remedy();
        return new Investigation(
                request.target(),
                remedy.clock.instant(),
                remedy.blobs.put("{}".getBytes(StandardCharsets.UTF_8)),
                remedy.diagnosis(),
                List.of());
    }

    @Override
    public void awaitRecovery(String incident, IncidentRequest request) {
        throw new IllegalStateException("it never recovers by itself");
    }

    @Override
    public Proposal propose(PlanRequest request) {
        return remedy().planning.propose(request);
    }

    @Override
    public Ruling rule(RulingRequest request) {
        return remedy().ruling.rule(request);
    }

    @Override
    public PolicyAnswer ask(PolicyRequest request) {
        return remedy().ruling.ask(request);
    }

    @Override
    public synchronized Execution execute(ExecutionRequest request) {
        happen(beforeExecution);
        return remedy().execution.execute(request);
    }

    /** Not in the middle of an execution: what is asked there first holds to its end. */
    synchronized void between(Runnable change) {
        change.run();
    }

    @Override
    public Execution settle(ExecutionRequest request) {
        happen(beforeSettling);
        return remedy().execution.settle(request);
    }

    @Override
    public synchronized Execution restore(ExecutionRequest request) {
        return remedy().execution.restore(request);
    }

    @Override
    public Execution settleRestoration(ExecutionRequest request) {
        return remedy().execution.settleRestoration(request);
    }

    @Override
    public Verification verify(VerificationRequest request) {
        return new Verification(
                recovers,
                recovers ? "ready" : "still crashing",
                List.of(),
                remedy().clock.instant());
    }

    @Override
    public void record(TrailEvent event) {}

    @Override
    public String close(IncidentStatus status) {
        return "";
    }
}
