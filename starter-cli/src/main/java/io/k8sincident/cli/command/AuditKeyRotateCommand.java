package io.k8sincident.cli.command;

import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Another key that the one before vouches for. */
@Command(name = "rotate", description = "Give the trail a new key; the old one signs in the trail that it is followed.")
final class AuditKeyRotateCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Override
    int run(Screen screen) throws IOException {
        TrailPlace place = trail.place(surroundings());
        String id = place.rotate();
        screen.say("the trail has a new key, " + place.keys().path()
                + "; the old private key is gone, its public half stays");
        screen.say(Screen.label(
                "next", "keep a copy of the new key; give " + place.keys().publicPath() + " to those who check"));
        screen.print(id);
        return ExitCode.OK;
    }
}
