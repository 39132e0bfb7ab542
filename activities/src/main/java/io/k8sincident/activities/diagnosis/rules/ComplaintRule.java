package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** A rule about a main container that ended by itself with an error and said why. */
abstract class ComplaintRule implements Rule {
    @Override
    public final Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED)
                .filter(trouble -> Ends.container(trouble).role() == ContainerRole.MAIN)
                .filter(trouble -> Ending.of(Ends.container(trouble)) == Ending.EXIT)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        return LastWords.of(container)
                .filter(LastWords::stateAnError)
                .flatMap(words -> recognise(new Complaint(workload, container, words)))
                .flatMap(draft -> {
                    Fact end = Ends.end(trouble);
                    return draft.claim("container " + container.name() + " ended by itself with an error", end)
                            .not("oom-limit", "the reason of its end is not OOMKilled", end)
                            .not("liveness-probe-kill", "no event says that the kubelet killed it", end)
                            .found();
                });
    }

    /** The cause, the culprit and what bears it out; empty if the complaint is another one. */
    abstract Optional<Finding.Draft> recognise(Complaint complaint);

    /** The ends of the complaint's container on all its pods. */
    static List<Trouble> ends(Complaint complaint) {
        return complaint
                .workload()
                .troubles(Trouble.Kind.ENDED)
                .filter(trouble -> Ends.container(trouble)
                        .name()
                        .equals(complaint.container().name()))
                .toList();
    }
}
