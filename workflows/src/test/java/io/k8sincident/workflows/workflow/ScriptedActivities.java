package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.activity.PlanningActivity;
import io.k8sincident.workflows.activity.RecordActivity;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.activity.VerificationActivity;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Activities that answer as a test wants and note what they were asked. Their defaults make an incident RESOLVED. */
final class ScriptedActivities
        implements EvidenceActivity,
                PlanningActivity,
                RulingActivity,
                ExecutionActivity,
                VerificationActivity,
                RecordActivity {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<TrailEvent> trail = new CopyOnWriteArrayList<>();
    final List<RulingRequest> decisions = new CopyOnWriteArrayList<>();
    final AtomicBoolean recovered = new AtomicBoolean();

    volatile Supplier<Investigation> evidence = Incidents::crashLoop;
    volatile Function<PlanRequest, Proposal> planning = request -> Incidents.rollBack(Incidents.DIGEST);
    volatile Function<RulingRequest, Ruling.Reason> ruling =
            request -> request.late() ? Ruling.Reason.LATE : Ruling.Reason.ACCEPTED;
    volatile Supplier<PolicyAnswer> policy = () -> new PolicyAnswer("the freeze lasts");
    volatile Supplier<Execution.Status> execution = () -> Execution.Status.APPLIED;
    volatile Supplier<Execution.Status> settlement = () -> Execution.Status.APPLIED;
    volatile Supplier<Execution.Status> restoration = () -> Execution.Status.APPLIED;
    volatile Supplier<Verification> verification =
            () -> new Verification(true, "2 of 2 ready", List.of(), Incidents.T0);
    volatile Runnable closing = () -> {};

    @Override
    public Investigation collect(String incident, IncidentRequest request) {
        calls.add("collect");
        return evidence.get();
    }

    @Override
    public void awaitRecovery(String incident, IncidentRequest request) {
        if (!recovered.get()) {
            throw ApplicationFailure.newFailure("still failing", ErrorCode.NOT_YET_HEALTHY.name());
        }
    }

    @Override
    public Proposal propose(PlanRequest request) {
        calls.add(request.revision() == null ? "propose" : "revise");
        return planning.apply(request);
    }

    @Override
    public PolicyAnswer ask(PolicyRequest request) {
        calls.add("ask");
        return policy.get();
    }

    @Override
    public Ruling rule(RulingRequest request) {
        calls.add("rule");
        decisions.add(request);
        Ruling.Reason reason = ruling.apply(request);
        String text = request.decision().text();
        return new Ruling(
                "d" + decisions.size(),
                text.contains("REJECT") ? Verdict.REJECT : Verdict.APPROVE,
                Person.unverified("bob"),
                reason,
                reason + "; nothing was changed",
                request.decision().digest(),
                request.now());
    }

    @Override
    public Execution execute(ExecutionRequest request) {
        calls.add("execute");
        return done(request, execution.get());
    }

    @Override
    public Execution settle(ExecutionRequest request) {
        calls.add("settle");
        return done(request, settlement.get());
    }

    @Override
    public Execution restore(ExecutionRequest request) {
        calls.add("restore");
        return done(request, restoration.get());
    }

    @Override
    public Execution settleRestoration(ExecutionRequest request) {
        calls.add("settleRestoration");
        return done(request, settlement.get());
    }

    @Override
    public Verification verify(VerificationRequest request) {
        calls.add("verify");
        return verification.get();
    }

    @Override
    public void record(TrailEvent event) {
        trail.add(event);
    }

    @Override
    public String close(IncidentStatus status) {
        calls.add("close " + status.outcome());
        closing.run();
        return status.executions().isEmpty() ? "" : "runs/remediate-1.json";
    }

    private static Execution done(ExecutionRequest request, Execution.Status status) {
        return new Execution(request.action(), status, status + " as scripted", null, Incidents.T0);
    }
}
