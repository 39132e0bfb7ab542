package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kernel refuses to listen with EADDRINUSE (in glibc's or musl's words, or those of Spring Boot), and another container
 * of the same pod is running.
 */
final class PortConflictInPod extends ComplaintRule {
    private static final Pattern EADDRINUSE = Pattern.compile(
            "(?i)address (is )?already in use|[:\\]] address in use|\\bEADDRINUSE\\b|\\bport [0-9]{1,5} (is|was) already in use");

    private static final Pattern TIME_OF_DAY = Pattern.compile("\\b[0-9]{1,2}:[0-9]{2}:[0-9]{2}\\b");
    /** A colon may follow, as in {@code listen tcp :8080: bind}. */
    private static final Pattern PORT = Pattern.compile("(?:[:\\]]|\\b[Pp]ort )([0-9]{2,5})(?:$|:?[^0-9:.])");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        Optional<ContainerView> other = container.pod().containers().stream()
                .filter(one -> one.running() && one.role() != ContainerRole.INIT)
                .filter(one -> !one.name().equals(container.name()))
                .findFirst();
        if (container.pod().resource().fields().flag("spec", "hostNetwork")) {
            return Optional.empty();
        }
        return complaint
                .said(EADDRINUSE)
                .flatMap(said -> other)
                .map(one -> Finding.of("port-conflict-in-pod", ends(complaint))
                        .culprit(Culprits.field(complaint.workload(), container, "ports", port(complaint)))
                        .claim("container " + container.name() + " cannot listen: its port is taken", complaint.fact())
                        .claim(
                                "containers of a pod share its ports, and container " + one.name() + " runs",
                                one.statusFact("state", "container " + one.name() + " is running")));
    }

    /** The port that the complaint names. */
    private static @Nullable String port(Complaint complaint) {
        Matcher port =
                PORT.matcher(TIME_OF_DAY.matcher(complaint.words().error()).replaceAll(""));
        String last = null;
        while (port.find()) {
            last = port.group(1);
        }
        return last;
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "port-conflict-in-pod",
                Cause.Family.NETWORK,
                "Two containers of a pod listen on the same port; they share its network.",
                "A main container that ended by itself, the kernel's EADDRINUSE at the end of its log, and another"
                        + " container of the pod that runs.",
                "hostNetwork, where the port may be taken by anything on the node."));
    }
}
