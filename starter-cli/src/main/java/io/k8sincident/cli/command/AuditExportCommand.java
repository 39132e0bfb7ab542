package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.bundle.BundleWriter;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.verify.RecordedLines;
import io.k8sincident.cli.audit.IncidentsOfTrail;
import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One incident's records, to be shown to somebody who sees no others. */
@Command(
        name = "export",
        description = "Take all records of one incident out of the trail, signed, with proofs that they are in it: an"
                + " in-toto statement in a DSSE envelope, for 'audit verify --bundle'. Needs the trail's key.")
final class AuditExportCommand extends Subcommand {
    @Mixin
    final IncidentArgument incident = new IncidentArgument();

    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A file that does not exist yet; standard output if absent.")
    @Nullable
    Path to;

    @Override
    int run(Screen screen) throws IOException {
        Path file = to == null ? null : surroundings().directory().resolve(to);
        if (file != null && Files.exists(file)) {
            throw Problem.error(file + " exists", "name another file, or take it away");
        }
        TrailPlace place = trail.place(surroundings());
        SigningKey key = place.keys()
                .load()
                .orElseThrow(() -> Problem.error(place.keys().path() + " does not exist", "name the key: --key FILE"));
        place.seal();
        String id = new IncidentsOfTrail(place.lines()).named(incident.typed(), incident.namespace);
        BundleWriter writer = new BundleWriter(id);
        byte[] bundle = writer.write(
                new RecordedLines(place.lines(), place.checkpoints().get(0)),
                key,
                surroundings().clock().instant());
        if (file == null) {
            screen.printRaw(new String(bundle, StandardCharsets.UTF_8));
        } else {
            Files.write(file, bundle);
            screen.print(file.toString());
        }
        screen.say(writer.records() + " records of " + id + ", signed by " + key.id()
                + "  →  incident audit verify --bundle " + (to == null ? "FILE" : to) + " --public-key "
                + place.keys().publicPath().getFileName());
        return ExitCode.OK;
    }
}
