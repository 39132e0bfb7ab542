package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** An init container runs longer than the rollout may take, and its log ends in saying over and over that it waits. */
final class InitWaiting implements Rule {
    private static final Pattern WAITS = Pattern.compile(
            "(?i)\\b(wait(ing|s)?|retry(ing)?|not (yet )?(ready|available|there|reachable)|sleep(ing)?|unavailable"
                    + "|refused|no such host|timed? ?out|pending|attempt)\\b");
    private static final int REPEATED = 3;

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.INITIALIZING).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        return LastWords.of(container)
                .filter(InitWaiting::repeatsThatItWaits)
                .flatMap(words -> Finding.of("init-container-waiting", Ends.sameContainer(troubles))
                        .culprit(Culprits.field(workload, container, null, null))
                        .claim(
                                "init container " + container.name() + " runs and does not end",
                                container.statusFact(
                                        "state",
                                        "running since " + container.status().text("state", "running", "startedAt")))
                        .claim("it says that it waits, again and again", words.fact())
                        .not("init-container-failing", "it has not ended", state(container))
                        .found());
    }

    private static Fact state(ContainerView container) {
        return container.statusFact(
                "state", "running since " + container.status().text("state", "running", "startedAt"));
    }

    /** Whether the last lines are one line, numbers aside, and say that something is waited for. */
    private static boolean repeatsThatItWaits(LastWords words) {
        List<String> lines = words.lines();
        if (lines.size() < REPEATED) {
            return false;
        }
        List<String> last = lines.subList(lines.size() - REPEATED, lines.size());
        return last.stream()
                                .map(line -> line.replaceAll("[0-9]+", "0"))
                                .distinct()
                                .count()
                        == 1
                && WAITS.matcher(last.get(0)).find();
    }
}
