package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.PublicKeyFile;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the public half of the key. */
@Command(name = "show", description = "Print the public key, to be given to those who check the trail.")
final class AuditKeyShowCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Override
    int run(Screen screen) throws IOException {
        KeyFile keys = trail.keys(surroundings());
        VerifyingKey key = keys.load()
                .orElseThrow(() -> Problem.error(keys.path() + " does not exist", "incident audit key create"))
                .verifying();
        screen.say(key.id());
        screen.printRaw(PublicKeyFile.pem(key));
        return ExitCode.OK;
    }
}
