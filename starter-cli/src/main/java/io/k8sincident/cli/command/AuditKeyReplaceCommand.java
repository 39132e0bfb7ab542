package io.k8sincident.cli.command;

import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Another key in place of a lost one. */
@Command(
        name = "replace",
        description = "Give the trail a new key because the old one is lost. Nothing vouches for it but you.")
final class AuditKeyReplaceCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Override
    int run(Screen screen) throws IOException {
        TrailPlace place = trail.place(surroundings());
        String id = place.replaceLost();
        screen.say("the trail has a new key, " + place.keys().path() + "; the trail says that the old one was lost");
        screen.say(Screen.label(
                "next",
                "give " + place.keys().publicPath() + " to those who check, who need both public keys from now on"));
        screen.print(id);
        return ExitCode.OK;
    }
}
