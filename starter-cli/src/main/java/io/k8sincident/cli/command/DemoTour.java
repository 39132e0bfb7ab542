package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.cluster.Manifest;
import io.k8sincident.cli.cluster.ScenarioRun;
import io.k8sincident.cli.cluster.Scenarios;
import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentReader;
import io.k8sincident.cli.temporal.IncidentStarter;
import io.k8sincident.cli.temporal.SignalSender;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.temporal.TemporalSettings;
import io.k8sincident.cli.view.Digests;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One incident from a broken Deployment to its record, on the local servers. */
final class DemoTour {
    private static final String SCENARIO = "crashloop";
    private static final Target BROKEN = Target.deployment(Manifest.NAMESPACE, "crashy");

    private final Screen screen;
    private final Surroundings surroundings;
    private final Connections connections;
    private final LocalStack stack;
    private final boolean approve;

    DemoTour(Screen screen, Surroundings surroundings, Connections connections, LocalStack stack, boolean approve) {
        this.screen = screen;
        this.surroundings = surroundings;
        this.connections = connections;
        this.stack = stack;
        this.approve = approve;
    }

    /** Walks through it and returns the exit code of the outcome. */
    int walk() throws IOException, InterruptedException {
        Target target = breakIt();
        try (TemporalConnection temporal = TemporalConnection.open(TemporalSettings.of(stack))) {
            IncidentEntry entry = open(temporal, target);
            DemoPages pages = new DemoPages(screen, surroundings);
            IncidentStatus waiting = awaitPlan(temporal, entry);
            pages.observeReasonPropose(waiting);
            if (waiting.phase() == Phase.AWAITING_APPROVAL) {
                pages.approve();
                decide(temporal, entry, waiting);
                pages.actAndVerify(temporal, entry);
            }
            return pages.record(new StatusReader(temporal).read(new IncidentReader(temporal).refresh(entry)));
        }
    }

    private Target breakIt() throws InterruptedException {
        screen.say("  applying scenario " + SCENARIO + " to namespace " + Manifest.NAMESPACE);
        try (ClusterConnection cluster = connections.cluster(new ClusterChoice(stack.kubeconfig(), null))) {
            ScenarioRun run = cluster.scenarios(line -> screen.say("    " + line));
            run.apply(Scenarios.of(Program.ofProcess()).named(SCENARIO));
            run.awaitTrouble();
            return cluster.owner(BROKEN);
        }
    }

    private IncidentEntry open(TemporalConnection temporal, Target target) {
        IncidentRequest request = new IncidentRequest(
                stack.cluster(),
                target,
                Mode.REMEDIATE,
                Person.unverified(surroundings.user()),
                List.of(),
                IncidentRequest.DEFAULT_APPROVAL,
                IncidentRequest.DEFAULT_WINDOW);
        String id = new IncidentStarter(temporal).start(request).workflowId();
        return new IncidentReader(temporal)
                .newest(id)
                .orElseThrow(() -> Problem.error("the incident was not opened", "incident demo"));
    }

    private static IncidentStatus awaitPlan(TemporalConnection temporal, IncidentEntry entry)
            throws InterruptedException {
        Optional<IncidentStatus> status =
                new Patience(temporal).until(entry, now -> now.phase() == Phase.AWAITING_APPROVAL);
        return status.orElseThrow(
                () -> Problem.error("there is no plan yet", "look at the worker's log in runs/demo-*/worker.log"));
    }

    private void decide(TemporalConnection temporal, IncidentEntry entry, IncidentStatus waiting) throws IOException {
        DecisionOptions options = new DecisionOptions();
        options.reason = "demo";
        Decision decision =
                new DecisionDraft(surroundings, options).of(waiting, digest(entry, waiting), Verdict.APPROVE);
        new SignalSender(temporal).decide(entry, decision);
        screen.print("sent as one signal: " + decision.verdict() + " of plan "
                + Digests.shortened(decision.planDigest()) + " by " + decision.approver());
    }

    private String digest(IncidentEntry entry, IncidentStatus waiting) throws IOException {
        Proposal proposal = waiting.proposal();
        if (proposal == null || proposal.digest() == null) {
            throw new IllegalStateException("a waiting incident has a plan");
        }
        return approve
                ? proposal.digest()
                : new Confirmation(surroundings, screen, entry).askAgain(Verdict.APPROVE, proposal.digest());
    }
}
