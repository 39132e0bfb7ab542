package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kubelet kills a container because its postStart hook failed; its events say so. */
final class PostStartHook implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.POST_START_HOOK));
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        var kill = Ending.killing(container, container.ended().orElseThrow(), "PostStartHook")
                .orElseThrow()
                .fact();
        return Finding.of("post-start-hook-failed", troubles)
                .culprit(Culprits.field(
                        workload,
                        container,
                        "lifecycle.postStart",
                        container.spec().child("lifecycle", "postStart").toString()))
                .claim("the kubelet killed container " + container.name() + " since its postStart hook failed", kill)
                .claim(
                        "this is the hook",
                        container.specFact(
                                "lifecycle.postStart",
                                container.spec().child("lifecycle", "postStart").toString()))
                .not("app-exit", "the process did not end by itself; the kubelet ended it", kill)
                .not("premature-exit", "the process did not end by itself; the kubelet ended it", kill)
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "post-start-hook-failed",
                Cause.Family.CRASH,
                "The kubelet kills a container because its postStart hook failed.",
                "The kubelet's Killing event about PostStartHook during the newest run or since (releases 1.16 to 1.36).",
                "A Killing event of a probe; an end without such an event."));
    }
}
