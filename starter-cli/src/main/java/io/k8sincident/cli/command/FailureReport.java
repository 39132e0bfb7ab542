package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.TemporalErrors;
import java.util.List;
import java.util.Optional;

/** What a failure means to a person. Apart from {@link Failures} so that a good run loads no server's classes. */
final class FailureReport {
    private FailureReport() {}

    static Problem of(Exception failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof NoWorkerAnswers silence) {
            return silence.problem();
        }
        if (failure instanceof ClusterException cluster) {
            return inThreeParts(cluster);
        }
        Optional<Problem> temporal = TemporalErrors.problem(failure);
        return temporal.orElseGet(() -> Problem.error(
                        "unexpected: " + failure, "the same command with --debug shows where; incident doctor")
                .withUnchanged("it is not known to have changed anything")
                .causedBy(failure));
    }

    /** A message that says already what was not changed and what to do is not told so again. */
    private static Problem inThreeParts(ClusterException failure) {
        List<String> parts = List.of(String.valueOf(failure.getMessage()).split(" · ", 3));
        Problem problem = parts.size() == 3
                ? Problem.error(parts.get(0), parts.get(2)).withUnchanged(parts.get(1))
                : Problem.error(String.valueOf(failure.getMessage()), next(failure));
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
