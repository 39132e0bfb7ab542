package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.bundle.BundleVerifier;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.PublicKeyFile;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.activities.audit.verify.Flaw;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.activities.audit.verify.TrailVerifier;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.cli.audit.FilePlace;
import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.audit.VerdictView;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a trail is what was recorded. */
@Command(
        name = "verify",
        description =
                "Check a trail, or a bundle of one incident, and name the first bad record. Needs no server but the"
                        + " store, and no secret: only the public key. Exit code 3 if something is wrong.")
final class AuditVerifyCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Option(
            names = "--trail",
            paramLabel = "PATH",
            description = "A directory like runs, or the files of a trail in their order.",
            arity = "1..*")
    List<Path> files = List.of();

    @Option(names = "--bundle", paramLabel = "FILE", description = "What 'audit export' wrote.")
    @Nullable
    Path bundle;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "A key that you trust, from elsewhere than the trail; the one beside the trail if absent.",
            arity = "1..*")
    List<Path> publicKeys = List.of();

    @Option(
            names = "--checkpoints",
            paramLabel = "FILE",
            description = "Checkpoints that were copied earlier, beside those with the trail.",
            arity = "1..*")
    List<Path> copies = List.of();

    @Option(
            names = "--begins-at",
            paramLabel = "RECORD",
            description = "The first record that must be there, where those before it were put away; 1 if absent.")
    long begins = 1;

    @Override
    int run(Screen screen) throws IOException {
        return bundle == null ? trail(screen) : bundle(screen, bundle);
    }

    private int trail(Screen screen) throws IOException {
        if (!files.isEmpty() && trail.database != null) {
            throw Problem.usage("--trail and --database name two trails", "leave one of them out");
        }
        if (begins < 1) {
            throw Problem.usage("--begins-at is " + begins + ", and the first record is 1", "name a record");
        }
        TrailPlace place = files.isEmpty()
                ? trail.place(surroundings())
                : FilePlace.of(files.stream().map(this::resolved).toList(), besideTheTrail());
        List<LineSource> checkpoints = new ArrayList<>(place.checkpoints());
        for (Path copy : copies) {
            checkpoints.add(LineSource.of(existing(copy)));
        }
        if (place.lines().isEmpty() && checkpoints.isEmpty()) {
            throw Problem.error(
                    "there is no trail in " + surroundings().runs(), "name it: --trail PATH, or INCIDENT_RUNS");
        }
        Verdict verdict = new TrailVerifier(place.lines(), checkpoints, trusted(place.keys(), screen), begins).verify();
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "AuditVerification", verdict));
        } else if (output.format == OutputFormat.NAME) {
            screen.print(verdict.flaw() == null ? "good" : "bad");
        } else {
            screen.print(VerdictView.of(verdict));
        }
        return verdict.good() ? ExitCode.OK : ExitCode.FOUND;
    }

    private int bundle(Screen screen, Path file) throws IOException {
        byte[] content = Files.readAllBytes(existing(file));
        BundleVerifier verifier = new BundleVerifier(file.toString(), trusted(trail.keys(surroundings()), screen));
        Optional<Flaw> flaw = verifier.verify(content);
        Verdict verdict = verifier.verdict(flaw);
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "AuditVerification", verdict));
        } else {
            screen.print(VerdictView.ofBundle(verdict, verifier.records()));
        }
        return flaw.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
    }

    private TrustedKeys trusted(KeyFile beside, Screen screen) throws IOException {
        List<VerifyingKey> keys = new ArrayList<>();
        for (Path file : publicKeys) {
            keys.add(read(existing(file)));
        }
        if (keys.isEmpty() && Files.exists(beside.publicPath())) {
            screen.say("trusting " + beside.publicPath()
                    + ", which lies beside the trail: whoever could change the trail could"
                    + " change it too  →  --public-key FILE with a copy of your own");
            keys.add(read(beside.publicPath()));
        }
        return new TrustedKeys(keys);
    }

    private static VerifyingKey read(Path file) {
        try {
            return PublicKeyFile.read(file);
        } catch (IOException e) {
            throw Problem.error(String.valueOf(e.getMessage()), "incident audit key show > FILE, where the trail is");
        }
    }

    private KeyFile besideTheTrail() {
        Path first = resolved(files.get(0));
        Path directory =
                Files.isDirectory(first) ? first : first.toAbsolutePath().getParent();
        return trail.key == null && directory != null
                ? new KeyFile(directory.resolve(KeyFile.FILE))
                : trail.keys(surroundings());
    }

    private Path existing(Path file) {
        Path resolved = resolved(file);
        if (!Files.isRegularFile(resolved)) {
            throw Problem.error(file + " is not a file", "correct the path");
        }
        return resolved;
    }

    private Path resolved(Path file) {
        return surroundings().directory().resolve(file);
    }
}
