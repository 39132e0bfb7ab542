package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.TemporalErrors;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failure means to a person. Apart from {@link Failures} so that a good run loads no server's classes. */
final class FailureReport {
    /** Two forms of the same: parts between dots, and sentences. */
    private static final Pattern THREE_PARTS = Pattern.compile(
            "(?<happened>.*?)(?: ·|\\.|(?<=[?!])) (?<unchanged>[Nn]othing was[^.·]*?)(?: ·|\\.) (?:Next: )?"
                    + "(?:'(?<command>[^']*)'|(?<next>.*?))\\.?",
            Pattern.DOTALL);

    private FailureReport() {}

    static Problem of(Exception failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof NoWorkerAnswers silence) {
            return silence.problem();
        }
        if (failure instanceof AuditUnavailableException audit) {
            return inThreeParts(audit, "incident audit verify");
        }
        if (failure instanceof ClusterException cluster) {
            return inThreeParts(cluster, next(cluster));
        }
        Optional<Problem> temporal = TemporalErrors.problem(failure);
        return temporal.orElseGet(() -> Problem.error(
                        "unexpected: " + failure, "the same command with --debug shows where; incident doctor")
                .withUnchanged("it is not known to have changed anything")
                .causedBy(failure));
    }

    /** A message that says already what was not changed and what to do is not told so again. */
    private static Problem inThreeParts(RuntimeException failure, String next) {
        String message = String.valueOf(failure.getMessage());
        Matcher parts = THREE_PARTS.matcher(message);
        Problem problem = parts.matches()
                ? Problem.error(
                                parts.group("happened"),
                                parts.group("command") == null ? parts.group("next") : parts.group("command"))
                        .withUnchanged(parts.group("unchanged"))
                : Problem.error(message, next);
        return problem.causedBy(failure);
    }

    private static String next(ClusterException failure) {
        return switch (failure.code()) {
            case TARGET_NOT_FOUND -> "check the name and -n: kubectl get all -n NAMESPACE";
            case INVALID_INPUT -> "correct it and try again: incident COMMAND --help";
            default -> "incident doctor";
        };
    }
}
