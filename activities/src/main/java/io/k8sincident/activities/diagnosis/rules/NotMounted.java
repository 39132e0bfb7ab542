package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A volume cannot be set up: the ConfigMap or Secret behind it, or a key of it, does not exist, or the node has not what a
 * hostPath volume demands. The kubelet's FailedMount events say which (wording of releases 1.20 to 1.36).
 */
final class NotMounted implements Rule {
    private static final Pattern OBJECT =
            Pattern.compile("for volume \"([^\"]+)\" : (?:.*; )?(configmap|secret) \"([^\"]+)\" not found");
    private static final Pattern KEY = Pattern.compile(
            "for volume \"([^\"]+)\" : .*(configmap|secret) references non-existent (?:config|secret) key: (\\S+)");
    private static final Pattern HOST_PATH =
            Pattern.compile("for volume \"([^\"]+)\" : hostPath type check failed: (\\S+) is not a (.+)");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_PREPARED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        PodView pod = Scheduling.pod(trouble);
        return pod.events().stream()
                .filter(event -> event.is("FailedMount"))
                .map(event -> missing(workload, event).or(() -> hostPath(workload, event)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Trouble> explained(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_PREPARED).toList();
    }

    private static Optional<Finding> missing(WorkloadView workload, EventView event) {
        Matcher object = OBJECT.matcher(event.message());
        if (object.find()) {
            String kind = object.group(2).equals("secret") ? "Secret" : "ConfigMap";
            String name = object.group(3);
            Finding.Draft draft = Finding.of(
                            "missing-" + kind.toLowerCase(Locale.ROOT) + "-volume", explained(workload))
                    .culprit(Culprits.object(kind, name, null, null))
                    .claim(
                            "volume " + object.group(1) + " needs " + kind + " " + name + ", which is not there",
                            event.fact());
            if (workload.cluster().absent(kind, workload.namespace(), name)) {
                draft.claim("there is no such object in the namespace", Fact.absent(kind, workload.namespace(), name));
            }
            return draft.not("image-not-found", "the kubelet has not got as far as the image", event.fact())
                    .commonTo(new Target("v1", kind, workload.namespace(), name, null))
                    .found();
        }
        Matcher key = KEY.matcher(event.message());
        return key.find()
                ? Finding.of("missing-" + key.group(2) + "-key", explained(workload))
                        .culprit(Culprits.template(workload, "spec.volumes[" + key.group(1) + "]", key.group(3)))
                        .claim("volume " + key.group(1) + " needs key " + key.group(3), event.fact())
                        .found()
                : Optional.empty();
    }

    private static Optional<Finding> hostPath(WorkloadView workload, EventView event) {
        Matcher said = HOST_PATH.matcher(event.message());
        return said.find()
                ? Finding.of("host-path-check-failed", explained(workload))
                        .culprit(Culprits.template(
                                workload, "spec.volumes[" + said.group(1) + "].hostPath.type", said.group(2)))
                        .claim("the node has no " + said.group(3) + " at " + said.group(2), event.fact())
                        .found()
                : Optional.empty();
    }
}
