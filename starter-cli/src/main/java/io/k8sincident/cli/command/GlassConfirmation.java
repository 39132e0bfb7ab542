package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.BreakGlassTerms;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Makes sure that a person means to go ahead against the policy, and knows against what. */
final class GlassConfirmation {
    private static final String PHRASE = "break glass";
    private static final int SHORTEST = 10;

    private final Surroundings surroundings;
    private final Screen screen;

    GlassConfirmation(Surroundings surroundings, Screen screen) {
        this.surroundings = surroundings;
        this.screen = screen;
    }

    /** @throws Problem if it says too little */
    static void requireReason(String why) {
        if (why.strip().length() < SHORTEST) {
            throw Problem.usage(
                    "--break-glass says too little: it is kept for the review, so say why in at least " + SHORTEST
                            + " characters",
                    "incident approve ID --break-glass 'what is down, and who is hurt by it'");
        }
    }

    /**
     * Says loudly what it means.
     *
     * @param phrase whether a phrase must be typed as well; not where the digest was given on the command line
     * @throws Problem if something else is typed
     */
    void ask(IncidentStatus status, String why, boolean phrase) throws IOException {
        screen.say(Text.of(BreakGlass.MARK, Style.RED).and(": you approve AGAINST THE POLICY"));
        terms(status).forEach(screen::say);
        screen.say("  because: " + why);
        screen.say("  The worker rules on what stands in the way then, and lifts no more than the policy lets you.");
        screen.say("  It is recorded under your name, shown on every screen, and somebody else must review it.");
        if (phrase) {
            screen.ask("Type '" + PHRASE + "' to go on: ");
            String typed = surroundings.input().readLine();
            if (typed == null || !typed.strip().equalsIgnoreCase(PHRASE)) {
                throw Problem.refused(
                        "that is not '" + PHRASE + "'; no decision was sent", "incident approve, normally");
            }
        }
    }

    private static List<String> terms(IncidentStatus status) {
        Proposal proposal = status.proposal();
        DecisionTerms terms = proposal == null ? null : proposal.terms();
        BreakGlassTerms glass = terms == null ? null : terms.breakGlass();
        if (terms == null || glass == null) {
            return List.of("  when this was planned, the policy let nobody do that: expect a refusal");
        }
        return Stream.of(
                        Stream.of("  what may be lifted: "
                                + String.join(
                                        ", ",
                                        glass.lifts().stream().map(Lift::key).toList()) + "; by: "
                                + String.join(", ", glass.people())),
                        glass.standing().stream().map(each -> "  stood in the way when it was planned: " + each),
                        terms.approvers() > 1
                                ? Stream.of("  it needs " + terms.approvers() + " different people")
                                : Stream.<String>empty(),
                        status.rulings().stream()
                                .filter(GlassConfirmation::stands)
                                .map(ruling -> "  was refused: " + ruling.reason() + ", " + ruling.message()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static boolean stands(Ruling ruling) {
        return switch (ruling.reason()) {
            case POLICY_FORBIDS, SELF_APPROVAL, QUORUM_INCOMPLETE -> true;
            default -> false;
        };
    }
}
