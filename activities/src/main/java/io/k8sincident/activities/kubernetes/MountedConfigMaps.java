package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ConfigMaps that containers which crash mount: a complaint about a file in one is understood by the names of its keys. */
final class MountedConfigMaps {
    private MountedConfigMaps() {}

    /** {@code namespace/name} of each. */
    static Stream<String> ofCrashed(List<FailingContainer> containers) {
        return containers.stream()
                .filter(FailingContainer::crashed)
                .flatMap(failing -> mounts(failing).flatMap(mount -> configMap(failing.pod(), mount).stream()))
                .distinct();
    }

    private static Stream<String> mounts(FailingContainer failing) {
        Fields spec = failing.pod().fields().child("spec");
        return Stream.concat(spec.list("containers").stream(), spec.list("initContainers").stream())
                .filter(container -> container.text("name").equals(failing.name()))
                .flatMap(container -> container.list("volumeMounts").stream())
                .map(mount -> mount.text("name"));
    }

    private static Optional<String> configMap(Resource pod, String volume) {
        return pod.fields().list("spec", "volumes").stream()
                .filter(candidate -> candidate.text("name").equals(volume))
                .map(candidate -> candidate.text("configMap", "name"))
                .filter(name -> !name.isEmpty())
                .map(name -> pod.namespace() + "/" + name)
                .findFirst();
    }
}
