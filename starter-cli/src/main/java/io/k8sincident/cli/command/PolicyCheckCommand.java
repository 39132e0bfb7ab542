package io.k8sincident.cli.command;

import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyProbe;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.view.PolicyAnswer;
import io.k8sincident.workflows.model.Risk;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a policy would decide, and by which of its lines. */
@Command(
        name = "check",
        description =
                "Check that a policy can be used; with -n, say what it would decide and by which line. Exits with 4 if"
                        + " anything that was asked is denied.")
final class PolicyCheckCommand extends Subcommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The policy; that of INCIDENT_POLICY, or the default one, if absent.")
    @Nullable
    Path file;

    @Option(
            names = {"-n", "--namespace"},
            description = "Ask about this namespace.")
    @Nullable
    String namespace;

    @Option(names = "--kind", description = "Of the object that is changed; Deployment if absent.")
    String kind = "Deployment";

    @Option(names = "--action", description = "What is done to it, such as RollBack; each of the actions if absent.")
    @Nullable
    String action;

    @Option(names = "--risk", description = "LOW, MEDIUM or HIGH; MEDIUM if absent.")
    Risk risk = Risk.MEDIUM;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When, such as 2026-12-24T18:00:00+01:00; now if absent.")
    @Nullable
    String at;

    @Option(
            names = "--object",
            paramLabel = "PATH",
            description = "The object as 'kubectl get -o json' shows it, for opt-outs and rules.")
    @Nullable
    Path object;

    @Option(names = "--image", description = "That SetImage would set, for rules.")
    String image = "registry.example.com/app:new";

    @Mixin
    final ClusterNameOption cluster = new ClusterNameOption();

    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    int run(Screen screen) {
        Policy policy = PolicyToCheck.load(file, surroundings());
        if (namespace == null) {
            requireNoQuestion();
            screen.print(policy.file() + " can be used, digest " + policy.digest());
            PolicyAnswer.breakGlass(policy).ifPresent(screen::print);
            policy.adviceHosts()
                    .forEach((host, place) -> screen.print(
                            "a model may be asked on " + host + ", with redacted evidence (" + place + ")"));
            return ExitCode.OK;
        }
        PolicyAnswer answer = answer(policy, namespace);
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "PolicyCheck", answer));
        } else {
            screen.print(answer.lines(action != null));
        }
        return answer.allowed() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private PolicyAnswer answer(Policy policy, String where) {
        Instant time = time();
        PolicyProbe probe = PolicyToCheck.target(
                        object, new PolicyToCheck.Target(cluster.of(surroundings()), where, kind), surroundings())
                .with(image, risk);
        List<PolicyAnswer.Decided> decided = actions().stream()
                .map(each -> PolicyAnswer.Decided.of(
                        each, policy.explain(probe.of(each).question(Stage.APPROVE, time))))
                .toList();
        return PolicyAnswer.of(policy, risk, time, decided);
    }

    private List<String> actions() {
        if (action == null) {
            return PolicyProbe.actions();
        }
        if (!PolicyProbe.actions().contains(action)) {
            throw Problem.usage("there is no action '" + action + "'", "one of " + PolicyProbe.actions());
        }
        return List.of(action);
    }

    private Instant time() {
        if (at == null) {
            return surroundings().clock().instant();
        }
        try {
            return OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.usage("'" + at + "' is not a time", "for example --at 2026-12-24T18:00:00+01:00");
        }
    }

    private void requireNoQuestion() {
        if (action != null || at != null || object != null) {
            throw Problem.usage(
                    "a question about a policy needs a namespace", "incident policy check FILE -n NAMESPACE");
        }
    }
}
