package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Comparator;
import java.util.Optional;

/** Which volume mount a path in a log line lies under. */
final class Mounts {
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
        return container.pod().resource().fields().list("spec", "volumes").stream()
                .filter(volume -> volume.text("name").equals(name))
                .findFirst();
    }
}
