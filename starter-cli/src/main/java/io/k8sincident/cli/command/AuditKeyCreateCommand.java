package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a key. */
@Command(
        name = "create",
        description = "Make the key, for its owner alone. The worker does so by itself when it first needs one.")
final class AuditKeyCreateCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Override
    int run(Screen screen) throws IOException {
        KeyFile keys = trail.keys(surroundings());
        String id = keys.create().id();
        screen.say("made " + keys.path() + "; keep a copy in a safe place, and give " + keys.publicPath()
                + " to those who check the trail");
        screen.print(id);
        return ExitCode.OK;
    }
}
