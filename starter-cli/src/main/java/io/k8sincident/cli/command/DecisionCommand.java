package io.k8sincident.cli.command;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.SignalSender;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import io.k8sincident.workflows.workflow.IncidentId;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Says yes or no to the open plan of one incident, sends it, and tells what was ruled. */
abstract class DecisionCommand extends OneIncidentCommand {
    @Mixin
    final DecisionOptions options = new DecisionOptions();

    abstract Verdict verdict();

    /** Why the glass is to be broken; null for a normal decision. */
    @Nullable
    String breakGlass() {
        return null;
    }

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) throws IOException, InterruptedException {
        SignalSender signals = new SignalSender(temporal);
        if (!entry.open()) {
            throw signals.closed(entry);
        }
        IncidentStatus status = new StatusReader(temporal).read(entry);
        String why = breakGlass();
        if (why != null) {
            GlassConfirmation.requireReason(why);
        }
        String digest = confirmed(screen, entry, status);
        Signer signer =
                new Signer(surroundings(), options.person.key, why == null ? Purpose.DECISION : Purpose.BREAK_GLASS);
        if (why != null) {
            new GlassConfirmation(surroundings(), screen).ask(status, why, options.digest == null);
        }
        Decision draft = new DecisionDraft(surroundings(), options).of(status, digest, verdict(), signer, why);
        Proposal proposal = status.proposal();
        Proposal signed = signer.signs(proposal) ? proposal : null;
        if (options.print) {
            new DecisionPrint(temporal).print(screen, entry, draft, signed, signer);
            return ExitCode.OK;
        }
        Decision decision = signed == null ? draft : signer.sign(draft, signed);
        signals.decide(entry, decision);
        return ruled(screen, temporal, entry, decision);
    }

    private String confirmed(Screen screen, IncidentEntry entry, IncidentStatus status) throws IOException {
        Proposal proposal = status.proposal();
        if (proposal == null || proposal.digest() == null || status.deadline() == null) {
            throw Problem.refused(
                    "no plan waits for a decision: the incident is " + status.phase() + " in mode "
                            + status.request().mode(),
                    "incident show " + entry.name().arguments());
        }
        requireOfThisIncident(proposal, entry);
        Confirmation confirmation = new Confirmation(surroundings(), screen, entry);
        return options.digest == null
                ? confirmation.ask(verdict(), proposal, status.deadline())
                : confirmation.match(options.digest, proposal.digest());
    }

    /** Whoever can start workflows could start one under the id of a harmless object. */
    private static void requireOfThisIncident(Proposal proposal, IncidentEntry entry) {
        Plan plan = proposal.plan();
        if (plan != null && !IncidentId.of(plan.cluster(), plan.target()).equals(entry.workflowId())) {
            throw Problem.refused(
                    "the plan is about " + plan.target().path() + " in cluster " + plan.cluster()
                            + ", and the incident is " + entry.workflowId() + "; no decision was sent",
                    "find out who started it, with other means than incident start");
        }
    }

    private int ruled(Screen screen, TemporalConnection temporal, IncidentEntry entry, Decision decision)
            throws InterruptedException {
        Optional<IncidentStatus> status = new Patience(temporal)
                .until(entry, now -> RulingReport.find(now, decision).isPresent());
        Optional<Ruling> ruling = status.flatMap(now -> RulingReport.find(now, decision));
        int code = new RulingReport(screen, entry).tell(decision, status, ruling);
        if (options.wait && code == ExitCode.OK && verdict() == Verdict.APPROVE) {
            return new LiveTimeline(
                            temporal, screen::print, screen::say, surroundings().clock())
                    .follow(entry)
                    .exitCode();
        }
        return code;
    }
}
