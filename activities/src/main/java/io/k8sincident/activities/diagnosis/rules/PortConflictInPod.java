package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import java.util.Optional;

/** The kernel refuses to listen with EADDRINUSE, and another container of the same pod is running. */
final class PortConflictInPod extends ComplaintRule {
    private static final Pattern EADDRINUSE = Pattern.compile("(?i)address (is )?already in use|\\bEADDRINUSE\\b");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        Optional<ContainerView> other = container.pod().containers().stream()
                .filter(one -> one.running() && one.role() != ContainerRole.INIT)
                .filter(one -> !one.name().equals(container.name()))
                .findFirst();
        return complaint
                .said(EADDRINUSE)
                .flatMap(said -> other)
                .map(one -> Finding.of("port-conflict-in-pod", ends(complaint))
                        .culprit(Culprits.field(
                                complaint.workload(),
                                container,
                                "ports",
                                container.spec().child("ports").toString()))
                        .claim("container " + container.name() + " cannot listen: its port is taken", complaint.fact())
                        .claim(
                                "containers of a pod share its ports, and container " + one.name() + " runs",
                                one.statusFact("state", "container " + one.name() + " is running")));
    }
}
