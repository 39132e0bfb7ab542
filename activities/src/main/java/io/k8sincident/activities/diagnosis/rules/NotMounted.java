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
            Pattern.compile("for volume \"([^\"]+)\" : .*?(configmap|secret) \"([^\"]+)\" not found");
    private static final Pattern KEY =
            Pattern.compile("for volume \"([^\"]+)\" : .*references non-existent (config|secret) key: ([^\\s,\\]]+)");
    private static final Pattern TOKEN = Pattern.compile(
            "for volume \"([^\"]+)\" : .*failed to fetch token: (?:serviceaccounts \"([^\"]+)\" not found)?");
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
                .map(event -> missing(workload, pod, event)
                        .or(() -> hostPath(workload, pod, event))
                        .or(() -> token(workload, pod, event)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Trouble> explained(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_PREPARED).toList();
    }

    private static Optional<Finding> missing(WorkloadView workload, PodView pod, EventView event) {
        Matcher object = OBJECT.matcher(event.message());
        if (object.find()) {
            String kind = object.group(2).equals("secret") ? "Secret" : "ConfigMap";
            String name = object.group(3);
            Finding.Draft draft = Finding.of(
                            "missing-" + kind.toLowerCase(Locale.ROOT) + "-volume", explained(workload))
                    .culprit(Culprits.missing(kind, name))
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
                ? missingKey(workload, pod, event, key.group(1), key.group(2), key.group(3))
                : Optional.empty();
    }

    private static Optional<Finding> missingKey(
            WorkloadView workload, PodView pod, EventView event, String volume, String config, String key) {
        String kind = config.equals("secret") ? "Secret" : "ConfigMap";
        String name = Mounts.volume(pod, volume)
                .map(source -> Mounts.objectWithKey(source, kind, key))
                .orElse("");
        return Finding.of("missing-" + kind.toLowerCase(Locale.ROOT) + "-key", explained(workload))
                .culprit(
                        name.isEmpty()
                                ? Culprits.template(workload, "spec.volumes[" + volume + "]", key)
                                : Culprits.missingKey(kind, name, key))
                .claim("volume " + volume + " needs key " + key + " of " + kind + " " + name, event.fact())
                .not("image-not-found", "the kubelet has not got as far as the image", event.fact())
                .found();
    }

    private static Optional<Finding> token(WorkloadView workload, PodView pod, EventView event) {
        Matcher said = TOKEN.matcher(event.message());
        if (!said.find()) {
            return Optional.empty();
        }
        String account = pod.resource().fields().text("spec", "serviceAccountName");
        String name = account.isEmpty() ? "default" : account;
        boolean gone = said.group(2) != null;
        return Finding.of("service-account-token-failed", explained(workload))
                .culprit(
                        gone
                                ? Culprits.missing("ServiceAccount", name)
                                : Culprits.object("ServiceAccount", name, null, null))
                .claim("the kubelet gets no token for ServiceAccount " + name, event.fact())
                .not("missing-service-account", "the pod was admitted: the ServiceAccount was there then", event.fact())
                .found();
    }

    private static Optional<Finding> hostPath(WorkloadView workload, PodView pod, EventView event) {
        Matcher said = HOST_PATH.matcher(event.message());
        if (!said.find()) {
            return Optional.empty();
        }
        String volume = said.group(1);
        String type = Mounts.volume(pod, volume)
                .map(source -> source.text("hostPath", "type"))
                .orElse("");
        return Finding.of("host-path-check-failed", explained(workload))
                .culprit(Culprits.template(
                        workload,
                        "spec.volumes[" + volume + "].hostPath",
                        said.group(2) + (type.isEmpty() ? "" : ", type " + type)))
                .claim("the node has no " + said.group(3) + " at " + said.group(2), event.fact())
                .not("missing-pvc", "it is a path of the node, not a claim", event.fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        String proof = "FailedMount with the kubelet's message (releases 1.20 to 1.36) while no container has started";
        return List.of(
                new Cause(
                        "missing-configmap-volume",
                        Cause.Family.CONFIG,
                        "A volume is of a ConfigMap that does not exist.",
                        proof + ": configmap \"NAME\" not found.",
                        "An optional volume; containers that have started since."),
                new Cause(
                        "missing-secret-volume",
                        Cause.Family.CONFIG,
                        "A volume is of a Secret that does not exist.",
                        proof + ": secret \"NAME\" not found.",
                        "An optional volume; containers that have started since."),
                new Cause(
                        "host-path-check-failed",
                        Cause.Family.STORAGE,
                        "The node does not have at its path what the type of a hostPath volume demands.",
                        proof + ": hostPath type check failed.",
                        "Any other reason of the same event."),
                new Cause(
                        "service-account-token-failed",
                        Cause.Family.SECURITY,
                        "The kubelet gets no token for the pod's ServiceAccount, mostly since it was deleted.",
                        proof + ": failed to fetch token (releases 1.21 to 1.36).",
                        "A pod that is not even made (missing-service-account)."));
    }
}
