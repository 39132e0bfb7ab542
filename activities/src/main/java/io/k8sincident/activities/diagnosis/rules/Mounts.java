package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Which volume mount a path in a log line lies under. */
final class Mounts {
    private static final long DEFAULT_MODE = 0644;
    private static final long ANY_EXECUTE = 0111;

    private Mounts() {}

    /** The mount with the longest path that the text names a file below of. */
    static Optional<Fields> under(ContainerView container, String text) {
        return container.spec().list("volumeMounts").stream()
                .filter(mount -> names(text, mount.text("mountPath")))
                .max(Comparator.comparingInt(mount -> mount.text("mountPath").length()));
    }

    private static boolean names(String text, String mountPath) {
        String path = mountPath.endsWith("/") ? mountPath.substring(0, mountPath.length() - 1) : mountPath;
        if (path.length() < 2) {
            return false;
        }
        for (int at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
            boolean begins = at == 0 || !isPathCharacter(text.charAt(at - 1));
            int end = at + path.length();
            if (begins && (end == text.length() || text.charAt(end) == '/' || !isPathCharacter(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPathCharacter(char character) {
        return Character.isLetterOrDigit(character)
                || character == '/'
                || character == '-'
                || character == '_'
                || character == '.';
    }

    /** The volume of this name in the pod's spec. */
    static Optional<Fields> volume(ContainerView container, String name) {
        return volume(container.pod(), name);
    }

    /** The volume of this name in the pod's spec. */
    static Optional<Fields> volume(PodView pod, String name) {
        return pod.resource().fields().list("spec", "volumes").stream()
                .filter(volume -> volume.text("name").equals(name))
                .findFirst();
    }

    /** The source of a volume and the mode of its files, in octal. */
    record Mode(String source, String octal) {}

    /** The mode of the files of a volume, if none of them may be executed. */
    static Optional<Mode> modeWithoutExecution(Fields volume) {
        return Stream.of("configMap", "secret", "projected", "downwardAPI")
                .filter(volume::has)
                .map(source -> {
                    long mode = volume.number(source, "defaultMode").orElse(DEFAULT_MODE);
                    boolean own = volume.list(source, "items").stream().anyMatch(item -> item.has("mode"));
                    return (mode & ANY_EXECUTE) == 0 && !own
                            ? Optional.of(new Mode(source, "0" + Long.toOctalString(mode)))
                            : Optional.<Mode>empty();
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The ConfigMap or Secret, in a volume of its own or a projected one, that this key is to come from; or empty. */
    static String objectWithKey(Fields volume, String kind, String key) {
        String source = kind.equals("Secret") ? "secret" : "configMap";
        if (volume.has(source)) {
            return kind.equals("Secret") ? volume.text(source, "secretName") : volume.text(source, "name");
        }
        return volume.list("projected", "sources").stream()
                .map(projected -> projected.child(source))
                .filter(projected -> projected.list("items").stream()
                        .anyMatch(item -> item.text("key").equals(key)))
                .map(projected -> projected.text("name"))
                .findFirst()
                .orElse("");
    }
}
