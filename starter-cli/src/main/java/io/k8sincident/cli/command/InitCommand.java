package io.k8sincident.cli.command;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.SignerSetUp;
import io.k8sincident.cli.signing.SignerSetUp.Done;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a person up to sign their decisions. */
@Command(
        name = "init",
        description =
                "Set yourself up to sign approvals: finds or makes an SSH key, adds you to the allowed signers, and"
                        + " remembers who you are. Changes nothing that is there.")
final class InitCommand extends Subcommand {
    @Option(names = "--as", paramLabel = "NAME", description = "Your name as a signer; your user name if absent.")
    @Nullable
    String name;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your SSH key; if absent ~/.ssh/id_ed25519, or a new one where there is none; with --break-glass"
                            + " always one of its own.")
    @Nullable
    String key;

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "The file of allowed signers; if absent INCIDENT_ALLOWED_SIGNERS, or one of your own.")
    @Nullable
    String allowedSigners;

    @Option(
            names = "--break-glass",
            description =
                    "Set up the key by which you may approve against the policy in an emergency; it is for nothing"
                            + " else. Keep it apart.")
    boolean breakGlass;

    @Override
    int run(Screen screen) {
        Purpose purpose = breakGlass ? Purpose.BREAK_GLASS : Purpose.DECISION;
        Done done = new SignerSetUp(surroundings(), purpose, screen::say).run(name, key, allowedSigners);
        screen.print(done.line());
        if (breakGlass) {
            screen.say(
                    "It counts once who keeps the policy has added the line above to the allowed signers, and you to:");
            screen.say("  breakGlass:");
            screen.say("    people: [" + done.profile().name() + "]");
            screen.say("    lifts: [freeze]");
            screen.say(Screen.label("next", "in an emergency: incident approve ID --break-glass 'why'"));
            return ExitCode.OK;
        }
        screen.say("You sign as " + done.profile().name() + ". The worker takes it if its policy names the file:");
        screen.say("  decisions:");
        screen.say("    allowedSigners: " + done.allowedSigners());
        screen.say(Screen.label("next", "give the line above to who keeps the policy, if that is not you"));
        screen.say(Screen.label("", "incident approve ID"));
        return ExitCode.OK;
    }
}
