package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.util.Optional;

/** Tells what became of a decision. */
final class RulingReport {
    private final Screen screen;
    private final IncidentEntry entry;

    RulingReport(Screen screen, IncidentEntry entry) {
        this.screen = screen;
        this.entry = entry;
    }

    /** The ruling on this decision, once there is one. */
    static Optional<Ruling> find(IncidentStatus status, Decision decision) {
        return status.rulings().stream()
                .filter(ruling -> ruling.decisionId().equals(decision.decisionId()))
                .findFirst();
    }

    /**
     * Prints it.
     *
     * @param status the last that was read, empty if no worker answered
     * @throws Problem if it was refused, or the incident closed before it was ruled on
     */
    int tell(Decision decision, Optional<IncidentStatus> status, Optional<Ruling> ruling) {
        String arguments = entry.name().arguments();
        if (ruling.isPresent()) {
            return ruled(decision, ruling.get(), arguments);
        }
        if (status.isPresent() && status.get().outcome() != null) {
            throw Problem.refused(
                    "the incident closed (" + status.get().outcome() + ") before the decision was ruled on",
                    "incident show " + arguments);
        }
        screen.say("the decision is sent and safe in Temporal, but nobody has ruled on it yet");
        screen.say(Screen.label("next", "incident worker, if none runs; then incident show " + arguments));
        return ExitCode.UNRESOLVED;
    }

    private int ruled(Decision decision, Ruling ruling, String arguments) {
        if (ruling.reason() == Ruling.Reason.QUORUM_INCOMPLETE) {
            screen.say(Text.of("counted", Style.YELLOW).and(": " + ruling.message()));
            return ExitCode.FOUND;
        }
        if (!ruling.accepted()) {
            throw Problem.refused(
                    "the decision is refused: " + ruling.reason() + ", " + ruling.message(),
                    "incident show " + arguments);
        }
        screen.say(Text.of("accepted", Style.GREEN)
                .and(": " + decision.verdict() + " by " + ruling.approver().describe()));
        BreakGlass broken = ruling.breakGlass();
        if (broken != null) {
            screen.say(Text.of(BreakGlass.MARK, Style.RED).and("  lifted:"));
            broken.lifted().forEach(each -> screen.say("  " + each.describe()));
            screen.say("  somebody else must review it: incident audit review " + arguments + " --reason '…'");
        }
        screen.say(Screen.label(
                "next",
                decision.verdict() == Verdict.APPROVE ? "incident watch " + arguments : "incident show " + arguments));
        return ExitCode.OK;
    }
}
