package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.view.Digests;
import io.k8sincident.cli.view.PlanView;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Makes sure that a person means the plan that is open, by the characters of its digest. */
final class Confirmation {
    /** How many characters are asked for on a terminal, where the plan was shown a moment before. */
    private static final int ASKED = 6;

    private final Surroundings surroundings;
    private final Screen screen;
    private final IncidentEntry entry;

    Confirmation(Surroundings surroundings, Screen screen, IncidentEntry entry) {
        this.surroundings = surroundings;
        this.screen = screen;
        this.entry = entry;
    }

    /**
     * The whole digest of the open plan.
     *
     * @throws Problem if the given one is too short, or that of another plan
     */
    String match(String given, String open) {
        String prefix = Digests.hex(given.toLowerCase(Locale.ROOT));
        if (prefix.length() < Digests.SHORT) {
            throw Problem.usage(
                    "--digest has " + prefix.length() + " characters, at least " + Digests.SHORT + " are needed",
                    planCommand());
        }
        if (!Digests.hex(open).startsWith(prefix)) {
            throw Problem.refused(
                    "the open plan is " + Digests.shortened(open) + "…, not " + Digests.shortened(prefix) + "…",
                    planCommand());
        }
        return open;
    }

    /**
     * Shows the plan and asks.
     *
     * @throws Problem if nobody can be asked, or something else is answered
     */
    String ask(Verdict verdict, Proposal proposal, Instant deadline) throws IOException {
        if (!surroundings.terminals().canAsk()) {
            throw Problem.usage(
                    "--digest is needed where nobody can be asked",
                    planCommand() + ", then the same command with --digest");
        }
        new PlanView(surroundings.clock().instant()).lines(proposal, deadline).forEach(screen::say);
        return askAgain(verdict, String.valueOf(proposal.digest()));
    }

    /** Asks about a plan that is on the screen already. */
    String askAgain(Verdict verdict, String open) throws IOException {
        screen.ask("Type the first " + ASKED + " characters of the digest to " + verdict + " it: ");
        String answer = surroundings.input().readLine();
        String typed = answer == null ? "" : Digests.hex(answer.strip().toLowerCase(Locale.ROOT));
        if (typed.length() < ASKED || !Digests.hex(open).startsWith(typed)) {
            throw Problem.refused("that is not the digest; no decision was sent", planCommand());
        }
        return open;
    }

    private String planCommand() {
        return "incident plan " + entry.name().arguments();
    }
}
