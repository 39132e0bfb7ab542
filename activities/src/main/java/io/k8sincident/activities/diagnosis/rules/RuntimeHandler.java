package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** The RuntimeClass of a pod names a handler that the node's container runtime does not have. */
final class RuntimeHandler implements Rule {
    /** As containerd (1.2 to 2.2) and CRI-O word it. */
    private static final Pattern SAID = Pattern.compile(
            "no runtime for \"([^\"]+)\" is configured|failed to find runtime handler (\\S+) from runtime list");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_PREPARED).toList();
        return troubles.stream()
                .map(Scheduling::pod)
                .flatMap(pod -> pod.events().stream())
                .filter(event -> event.is("FailedCreatePodSandBox"))
                .flatMap(event -> finding(workload, event, troubles).stream())
                .findFirst();
    }

    private static Optional<Finding> finding(WorkloadView workload, EventView event, List<Trouble> troubles) {
        Matcher said = SAID.matcher(event.message());
        if (!said.find()) {
            return Optional.empty();
        }
        String runtimeClass =
                Scheduling.pod(troubles.get(0)).resource().fields().text("spec", "runtimeClassName");
        String handler = said.group(1) == null ? said.group(2) : said.group(1);
        return Finding.of("runtime-handler-missing", troubles)
                .culprit(Culprits.object("RuntimeClass", runtimeClass, "handler", handler))
                .claim("the node's container runtime has no handler " + handler, event.fact())
                .not("missing-runtime-class", "the RuntimeClass was found, else no pod were made", event.fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "runtime-handler-missing",
                Family.CONFIG,
                "A RuntimeClass names a handler that the node's container runtime does not have.",
                "a FailedCreatePodSandBox event in the words of containerd or CRI-O",
                "a RuntimeClass that does not exist, which admission refuses"));
    }
}
