package io.k8sincident.cli.command;

import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.approval.ssh.AllowedSignersException;
import io.k8sincident.cli.audit.BrokenGlass;
import io.k8sincident.cli.audit.GlassReview;
import io.k8sincident.cli.audit.IncidentsOfTrail;
import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.cli.view.GlassView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who went ahead against the policy, and what somebody else says of it. */
@Command(
        name = "review",
        description = "Report what was approved by breaking the glass, and exit with 3 if any of it waits for a review;"
                + " with an incident and --reason, record your review of it.")
final class AuditReviewCommand extends Subcommand {
    @Parameters(arity = "0..2", paramLabel = "ID", description = "The incident: its id, TYPE/NAME or TYPE NAME.")
    List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of TYPE/NAME.")
    @Nullable
    String namespace;

    @Option(names = "--reason", description = "What you say of it, for the record.")
    @Nullable
    String reason;

    @Option(names = "--decision", paramLabel = "ID", description = "Which one, if the incident has several.")
    @Nullable
    String decision;

    @Option(names = "--as", paramLabel = "NAME", description = "Who you are; the name of incident init if absent.")
    @Nullable
    String reviewer;

    @Option(names = "--sign-with", paramLabel = "FILE", description = "Your SSH key; that of incident init if absent.")
    @Nullable
    String signWith;

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "Whose signatures count in the report; INCIDENT_ALLOWED_SIGNERS if absent.")
    @Nullable
    String allowedSigners;

    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    int run(Screen screen) throws IOException {
        TrailPlace place = trail.place(surroundings());
        String id =
                words.isEmpty() ? null : new IncidentsOfTrail(place.lines()).named(String.join("/", words), namespace);
        List<BrokenGlass> all = BrokenGlass.in(place.lines(), signers()).stream()
                .filter(broken -> id == null || broken.incident().equals(id))
                .toList();
        if (reason != null) {
            return review(screen, place, all, reason);
        }
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "BrokenGlassList", Map.of("items", all)));
        } else {
            screen.print(GlassView.lines(all));
        }
        return all.stream().allMatch(broken -> broken.review() != null) ? ExitCode.OK : ExitCode.FOUND;
    }

    private int review(Screen screen, TrailPlace place, List<BrokenGlass> all, String why) throws IOException {
        var unused = ForTheRecord.checked("--reason", why);
        if (words.isEmpty() || why.isBlank()) {
            throw Problem.usage(
                    "a review names an incident and says something", "incident audit review ID --reason '…'");
        }
        BrokenGlass broken = one(all);
        Signer signer = new Signer(surroundings(), signWith);
        String name = Signer.name(surroundings(), reviewer);
        if (broken.by(name)) {
            throw Problem.refused(
                    name + " broke the glass, and somebody else must review it",
                    "ask another person; nothing was recorded");
        }
        String proof = signer.setUp() ? signer.sign(GlassReview.statement(broken, name, why)) : null;
        place.append(GlassReview.entry(broken, name, why, proof));
        screen.say("reviewed: " + broken.incident() + ", decision " + broken.decisionId() + ", by " + name
                + (proof == null ? " (unverified: incident init sets up a key to sign with)" : ", signed"));
        return ExitCode.OK;
    }

    private BrokenGlass one(List<BrokenGlass> all) {
        List<BrokenGlass> meant = all.stream()
                .filter(broken -> decision == null
                        ? broken.review() == null
                        : broken.decisionId().equals(decision))
                .toList();
        if (meant.size() != 1) {
            throw Problem.usage(
                    meant.isEmpty()
                            ? "there is nothing to review: no broken glass of that incident, or it was reviewed"
                            : "the incident has " + meant.size() + " decisions that broke the glass",
                    meant.isEmpty() ? "incident audit review" : "name one with --decision; incident audit review");
        }
        return meant.get(0);
    }

    private Optional<AllowedSigners> signers() {
        String variable = surroundings().variable("INCIDENT_ALLOWED_SIGNERS");
        Optional<Path> file = Optional.ofNullable(allowedSigners)
                .or(() -> Optional.of(variable).filter(name -> !name.isEmpty()))
                .map(surroundings().directory()::resolve);
        try {
            return file.map(AllowedSigners::read);
        } catch (AllowedSignersException e) {
            throw Problem.error(String.valueOf(e.getMessage()), "correct it, or name another with --allowed-signers")
                    .causedBy(e);
        }
    }
}
