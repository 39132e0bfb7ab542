package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Reference;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A container cannot be configured because a ConfigMap or Secret that its environment refers to, or a key in it, does not
 * exist. Proof is what the kubelet says while the container waits with {@code CreateContainerConfigError} (wording of
 * releases 1.12 to 1.36) together with the reference in the pod's spec.
 */
final class MissingReference implements Rule {
    private static final Pattern OBJECT = Pattern.compile("(configmap|secret) \"([^\"]+)\" not found");
    private static final Pattern KEY =
            Pattern.compile("couldn't find key (\\S+) in (ConfigMap|Secret) (?:[^\\s/]+/)?(\\S+)");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_STARTED)
                .filter(trouble -> trouble.symptom().equals("CreateContainerConfigError"))
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        String message = Ends.container(trouble).waitingMessage();
        Matcher key = KEY.matcher(message);
        if (key.find()) {
            String kind = key.group(2);
            return finding(workload, trouble, kind, key.group(3), key.group(1));
        }
        Matcher object = OBJECT.matcher(message);
        if (object.find()) {
            String kind = object.group(1).equals("secret") ? "Secret" : "ConfigMap";
            return finding(workload, trouble, kind, object.group(2), "");
        }
        return Optional.empty();
    }

    private static Optional<Finding> finding(
            WorkloadView workload, Trouble first, String kind, String name, String key) {
        String cause = "missing-" + kind.toLowerCase(Locale.ROOT) + (key.isEmpty() ? "" : "-key");
        String what = key.isEmpty() ? kind + " " + name : "key " + key + " in " + kind + " " + name;
        ContainerView container = Ends.container(first);
        Finding.Draft draft = Finding.of(cause, sameMessage(workload, container))
                .culprit(key.isEmpty() ? Culprits.missing(kind, name) : Culprits.missingKey(kind, name, key))
                .claim(
                        "container " + container.name() + " cannot be configured: " + what + " does not exist",
                        first.fact());
        reference(container, kind, name, key)
                .ifPresent(reference -> draft.claim("its environment refers to it", fact(container, reference)));
        String namespace = workload.namespace();
        if (key.isEmpty() && workload.cluster().absent(kind, namespace, name)) {
            draft.claim("there is no such object in the namespace", Fact.absent(kind, namespace, name));
        }
        workload.cluster()
                .find(kind, namespace, name)
                .filter(object -> !key.isEmpty() && !object.fields().has("data", key))
                .ifPresent(object -> draft.claim(
                        "the keys that it has are others",
                        Fact.field(object, "data", "keys: " + object.fields().names("data"))));
        return draft.not(
                        "image-not-found",
                        "the image is there: the kubelet got as far as the configuration",
                        first.fact())
                .not("app-exit", "the container never started", first.fact())
                .commonTo(new Target("v1", kind, namespace, name, null))
                .found();
    }

    private static List<Trouble> sameMessage(WorkloadView workload, ContainerView container) {
        return workload.troubles(Trouble.Kind.NOT_STARTED)
                .filter(trouble -> Ends.container(trouble).waitingMessage().equals(container.waitingMessage()))
                .toList();
    }

    private static Optional<Reference> reference(ContainerView container, String kind, String name, String key) {
        return Reference.of(container.pod().resource().fields().child("spec")).stream()
                .filter(reference -> reference.kind().equals(kind)
                        && reference.name().equals(name)
                        && (key.isEmpty() || reference.key().equals(key))
                        && reference.container().equals(container.name()))
                .findFirst();
    }

    private static Fact fact(ContainerView container, Reference reference) {
        return new Fact(
                container.pod().resource().kindName() + " " + reference.path(),
                "refers to " + reference.kind() + " " + reference.name()
                        + (reference.key().isEmpty() ? "" : ", key " + reference.key()),
                reference.toString());
    }

    @Override
    public List<Cause> causes() {
        String proof =
                "CreateContainerConfigError with the kubelet's message (releases 1.12 to 1.36), and the reference in"
                        + " the environment of the container.";
        String others = "Any other reason to wait; a reference that is optional.";
        return List.of(
                new Cause(
                        "missing-configmap",
                        Cause.Family.CONFIG,
                        "A container's environment refers to a ConfigMap that does not exist.",
                        proof,
                        others),
                new Cause(
                        "missing-configmap-key",
                        Cause.Family.CONFIG,
                        "A container's environment, or a volume, refers to a key that its ConfigMap does not have.",
                        proof + " For a volume: FailedMount, references non-existent config key.",
                        others),
                new Cause(
                        "missing-secret",
                        Cause.Family.CONFIG,
                        "A container's environment refers to a Secret that does not exist.",
                        proof,
                        others),
                new Cause(
                        "missing-secret-key",
                        Cause.Family.CONFIG,
                        "A container's environment, or a volume, refers to a key that its Secret does not have.",
                        proof + " For a volume: FailedMount, references non-existent secret key.",
                        others));
    }
}
