package io.k8sincident.activities.advice;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.remediation.CauseCatalog.Entry;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What proves or disproves a cause that is only guessed: the rule's own words, and a command that reads. The commands are
 * written here; of the incident only names that Kubernetes itself allows go into them.
 */
final class Checks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern KIND = Pattern.compile("[A-Za-z]{1,63}");
    private static final int LONGEST = 200;

    private Checks() {}

    static Missing of(Entry cause, Snapshot snapshot, Diagnosis diagnosis) {
        return new Missing(Printable.line(cause.proof(), LONGEST), command(cause.family(), snapshot, diagnosis));
    }

    private static String command(String family, Snapshot snapshot, Diagnosis diagnosis) {
        Target target = diagnosis.target();
        String namespace = target == null || target.namespace() == null ? "" : target.namespace();
        if (target == null || !NAME.matcher(target.name()).matches()) {
            return "kubectl get events -A";
        }
        if (!NAME.matcher(namespace).matches()) {
            return described(target);
        }
        String there = " -n " + namespace;
        return switch (family) {
            case "crash", "command", "init" -> log(snapshot, diagnosis, target, there);
            case "node" -> "kubectl get nodes -o wide";
            case "network" -> "kubectl get services,endpointslices,networkpolicies" + there;
            case "autoscaling" -> "kubectl describe horizontalpodautoscalers" + there;
            case "disruption" -> "kubectl get poddisruptionbudgets" + there;
            case "storage" -> "kubectl describe persistentvolumeclaims" + there;
            case "scheduling", "resources", "admission", "rollout" -> "kubectl get events" + there;
            default -> described(target) + there;
        };
    }

    private static String described(Target target) {
        return KIND.matcher(target.kind()).matches()
                ? "kubectl describe " + target.kind().toLowerCase(Locale.ROOT) + "/" + target.name()
                : "kubectl get events -A";
    }

    private static String log(Snapshot snapshot, Diagnosis diagnosis, Target target, String there) {
        List<Resource> pods = Exhibits.pods(new ClusterView(snapshot), diagnosis);
        return pods.stream()
                .map(Resource::name)
                .filter(name -> NAME.matcher(name).matches())
                .findFirst()
                .map(pod -> "kubectl logs " + pod + " --all-containers --previous" + there)
                .orElse(described(target) + there);
    }
}
