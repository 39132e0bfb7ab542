package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that a pod template refers to by name.
 *
 * @param kind ConfigMap or Secret
 * @param key that must be in it; empty for the whole object
 * @param optional whether the pod starts without it
 * @param container that uses it; empty for a volume
 * @param path of the reference in the pod's spec
 */
public record Reference(String kind, String name, String key, boolean optional, String container, String path) {

    /** All references of a pod spec to ConfigMaps and Secrets, those in projected volumes included. */
    public static List<Reference> of(Fields podSpec) {
        List<Reference> references = new ArrayList<>();
        for (ContainerRole role : List.of(ContainerRole.INIT, ContainerRole.MAIN)) {
            for (Fields container : podSpec.list(role.specField())) {
                fromContainer(container, role.specField(), references);
            }
        }
        podSpec.list("volumes").forEach(volume -> fromVolume(volume, references));
        return references;
    }

    private static void fromContainer(Fields container, String list, List<Reference> references) {
        String name = container.text("name");
        String path = "spec." + list + "[name=" + name + "]";
        for (Fields variable : container.list("env")) {
            String at = path + ".env[name=" + variable.text("name") + "].valueFrom";
            add(variable.child("valueFrom", "configMapKeyRef"), "ConfigMap", "name", name, at, references);
            add(variable.child("valueFrom", "secretKeyRef"), "Secret", "name", name, at, references);
        }
        for (Fields source : container.list("envFrom")) {
            add(source.child("configMapRef"), "ConfigMap", "name", name, path + ".envFrom", references);
            add(source.child("secretRef"), "Secret", "name", name, path + ".envFrom", references);
        }
    }

    private static void fromVolume(Fields volume, List<Reference> references) {
        String path = "spec.volumes[name=" + volume.text("name") + "]";
        add(volume.child("configMap"), "ConfigMap", "name", "", path + ".configMap", references);
        add(volume.child("secret"), "Secret", "secretName", "", path + ".secret", references);
        for (Fields source : volume.list("projected", "sources")) {
            add(source.child("configMap"), "ConfigMap", "name", "", path + ".projected", references);
            add(source.child("secret"), "Secret", "name", "", path + ".projected", references);
        }
    }

    private static void add(
            Fields source, String kind, String nameField, String container, String path, List<Reference> references) {
        if (!source.text(nameField).isEmpty()) {
            references.add(new Reference(
                    kind, source.text(nameField), source.text("key"), source.flag("optional"), container, path));
        }
    }

    public boolean volume() {
        return container.isEmpty();
    }
}
